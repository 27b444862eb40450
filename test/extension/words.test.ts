import { strict as assert } from 'node:assert';
import type { PyrusFailure } from '../../src/pyrus/errors';
import { PyrusError } from '../../src/pyrus/errors';
import type { FileFailure } from '../../src/transfer/errors';
import { FileError } from '../../src/transfer/errors';
import { failureText, needsSignIn } from '../../src/words/failures';
import { age } from '../../src/words/age';
import { byteSize, duration, fileCount, plural } from '../../src/words/numbers';
import { fileNameText, plainText } from '../../src/words/plainText';

/** Text from a server that would like to be more than text. */
const HOSTILE = [
  '[Sign in](command:workbench.action.terminal.new) $(alert)\n\r<b>\u202egnp\u2066\u200b',
  'x'.repeat(5000),
  ']('.repeat(1000),
  '🧾'.repeat(1000),
  `a${'\u0301'.repeat(5000)}`,
];

type Samples<F extends { readonly kind: string }> = {
  readonly [K in F['kind']]: Extract<F, { readonly kind: K }>;
};

function pyrusSamples(text: string): Samples<PyrusFailure> {
  const host = text;
  const id = 2_147_483_647;
  return {
    invalidCredentials: { kind: 'invalidCredentials' },
    personIdNeeded: { kind: 'personIdNeeded' },
    accountBlocked: { kind: 'accountBlocked' },
    sessionRefused: { kind: 'sessionRefused' },
    tokenExpired: { kind: 'tokenExpired' },
    signedOut: { kind: 'signedOut' },
    emptyFile: { kind: 'emptyFile' },
    fileTooLarge: { kind: 'fileTooLarge', size: 2 ** 31 },
    fileNameTooLong: { kind: 'fileNameTooLong' },
    uploadNotUnderstood: { kind: 'uploadNotUnderstood', code: text },
    fileUnknown: { kind: 'fileUnknown', id },
    fileForbidden: { kind: 'fileForbidden', id },
    fileMissing: { kind: 'fileMissing', id },
    fileRemoved: { kind: 'fileRemoved', id },
    taskUnknown: { kind: 'taskUnknown', id },
    taskForbidden: { kind: 'taskForbidden', id },
    taskMigrated: { kind: 'taskMigrated', id },
    reopenForbidden: { kind: 'reopenForbidden', id },
    tooManyAttachments: { kind: 'tooManyAttachments', id },
    tooManyComments: { kind: 'tooManyComments', id },
    attachmentsForbidden: { kind: 'attachmentsForbidden', id },
    commentTooLong: { kind: 'commentTooLong' },
    guidSpent: { kind: 'guidSpent' },
    fieldRefused: { kind: 'fieldRefused', reason: 'gone' },
    notAttached: { kind: 'notAttached', names: Array<string>(5).fill(text), attached: [] },
    attachNotConfirmed: { kind: 'attachNotConfirmed', id },
    accessDenied: { kind: 'accessDenied', code: text },
    rateLimited: { kind: 'rateLimited', seconds: 600 },
    refused: { kind: 'refused', status: 400, code: text, said: text },
    serverError: { kind: 'serverError', status: 503 },
    notPyrus: { kind: 'notPyrus', host, status: 200 },
    unexpectedAnswer: { kind: 'unexpectedAnswer', host, about: text },
    redirected: { kind: 'redirected', host, to: text },
    hostRefused: { kind: 'hostRefused', url: text },
    hostNotFound: { kind: 'hostNotFound', host },
    connectionRefused: { kind: 'connectionRefused', host },
    connectionLost: { kind: 'connectionLost', host },
    notConfirmed: { kind: 'notConfirmed', host },
    timedOut: { kind: 'timedOut', host, phase: 'answer' },
    unreachable: { kind: 'unreachable', host },
    certificate: { kind: 'certificate', host, reason: text },
    proxy: { kind: 'proxy', host, status: 403 },
    proxyUnreachable: { kind: 'proxyUnreachable' },
    md5Mismatch: { kind: 'md5Mismatch', sent: '0'.repeat(32), stored: '1'.repeat(32) },
    incompleteDownload: { kind: 'incompleteDownload', expected: 2 ** 31, received: 2 ** 30 },
    encodedDownload: { kind: 'encodedDownload', encoding: text },
  };
}

function fileSamples(text: string): Samples<FileFailure> {
  const digests = { expected: '0'.repeat(32), actual: '1'.repeat(32) };
  return {
    notFound: { kind: 'notFound' },
    notAFile: { kind: 'notAFile' },
    empty: { kind: 'empty' },
    tooLarge: { kind: 'tooLarge', size: 2 ** 33, limit: 2 ** 31 - 1 },
    tooLargeToOpen: { kind: 'tooLargeToOpen', size: 2 ** 31 - 1, limit: 2 ** 25 },
    unreadable: { kind: 'unreadable', code: text },
    tooLargeToHold: { kind: 'tooLargeToHold', size: 2 ** 27, limit: 2 ** 26 },
    notHeld: { kind: 'notHeld' },
    changed: { kind: 'changed' },
    diskFull: { kind: 'diskFull', room: { need: 2 ** 31, free: 0 } },
    quota: { kind: 'quota' },
    fileSystemLimit: { kind: 'fileSystemLimit' },
    noPermission: { kind: 'noPermission' },
    readOnly: { kind: 'readOnly' },
    folderGone: { kind: 'folderGone' },
    folderRefused: { kind: 'folderRefused' },
    nameTooLong: { kind: 'nameTooLong' },
    busy: { kind: 'busy' },
    md5Mismatch: { kind: 'md5Mismatch', ...digests },
    sizeMismatch: { kind: 'sizeMismatch', expected: 2 ** 31, actual: 2 ** 30 },
    unwritable: { kind: 'unwritable', code: text },
  };
}

function errors(text: string): Error[] {
  return [
    ...Object.values(pyrusSamples(text)).map(failure => new PyrusError(failure)),
    ...(['connect', 'send', 'answer', 'receive'] as const).map(
      phase => new PyrusError({ kind: 'timedOut', host: text, phase }),
    ),
    ...(['inTable', 'locked', 'otherRequired'] as const).map(
      reason => new PyrusError({ kind: 'fieldRefused', reason }),
    ),
    new PyrusError({ kind: 'notAttached', names: [text], attached: [] }),
    ...Object.values(fileSamples(text)).map(failure => new FileError(failure, text)),
    new PyrusError({ kind: 'fileTooLarge' }),
    new PyrusError({ kind: 'proxy', host: text, status: 407 }),
    ...['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID'].map(
      reason => new PyrusError({ kind: 'certificate', host: text, reason }),
    ),
    triedOften(text),
    new Error(text),
  ];
}

function triedOften(host: string): PyrusError {
  const error = new PyrusError({ kind: 'connectionLost', host });
  error.attempts = 3;
  return error;
}

/** As people count: a letter with its accents is one. */
function characters(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}

describe('words', () => {
  it('are there for every failure, and say it once in whole sentences', () => {
    for (const error of errors('pyrus.example.com')) {
      const text = failureText(error);
      // What Pyrus refuses with is its own sentence, full stop or not.
      const ending = error.message === 'refused' ? '' : '.';
      assert.ok(text.length > 20 && text.endsWith(ending), `${error.message}: ${text}`);
      assert.ok(!/\{\d\}|undefined|\[object/.test(text), text);
    }
  });

  it('say how often something was tried, when it was more than once', () => {
    assert.match(failureText(triedOften('h')), /\b3\b/);
    assert.doesNotMatch(failureText(new PyrusError({ kind: 'connectionLost', host: 'h' })), /\d/);
  });

  it('stay short and plain whatever a server says', () => {
    for (const hostile of HOSTILE) {
      for (const error of errors(hostile)) {
        const text = failureText(error);
        assert.ok(characters(text) <= 300, `${error.message}, ${characters(text)}: ${text}`);
        assert.ok(text.length <= 1000, `${error.message}, ${text.length} code units`);
        assert.ok(!text.includes(']('), text);
        assert.ok(!text.includes('$('), text);
        assert.match(text, /^[^\p{Cc}\p{Bidi_Control}]*$/u, JSON.stringify(text));
      }
    }
  });

  it('leave nothing of a file name that could act', () => {
    for (const hostile of HOSTILE) {
      for (const text of [fileNameText(hostile), plainText(hostile)]) {
        assert.ok(!text.includes('](') && !text.includes('$('), text);
        assert.match(text, /^[^\p{Cc}\p{Bidi_Control}]*$/u, JSON.stringify(text));
      }
      assert.ok(characters(fileNameText(hostile)) <= 60);
      assert.ok(fileNameText(hostile).length <= 1020);
    }
    assert.equal(fileNameText('Отчёт за март (итог).pdf'), 'Отчёт за март (итог).pdf');
    assert.match(fileNameText(`${'a'.repeat(200)}.pdf`), /^a+…a*\.pdf$/);
  });

  it('know when signing in helps', () => {
    const helped = Object.values(pyrusSamples('x')).filter(failure =>
      needsSignIn(new PyrusError(failure)),
    );
    assert.deepEqual(helped.map(({ kind }) => kind).sort(), [
      'hostRefused',
      'invalidCredentials',
      'sessionRefused',
      'signedOut',
    ]);
    assert.ok(!needsSignIn(new Error('sessionRefused')));
  });

  it('tell ages as people do: by the clock on the day itself, by nights from the next on', () => {
    const now = new Date(2026, 10, 24, 9, 30).getTime();
    const on = (day: number, hour: number, minute = 0): string =>
      age(new Date(2026, 10, day, hour, minute).getTime(), now);
    assert.equal(on(24, 9, 31), 'now');
    assert.equal(age(now - 59_999, now), 'now');
    assert.equal(age(now - 60_000, now), '1 minute ago');
    assert.equal(on(24, 8, 31), '59 minutes ago');
    assert.equal(on(24, 8, 30), '1 hour ago');
    assert.equal(on(23, 23, 30), '10 hours ago');
    assert.equal(on(23, 9, 30), 'yesterday');
    assert.equal(on(22, 9, 31), '2 days ago', 'less than 48 hours, but two nights');
    assert.equal(age(new Date(2026, 9, 30, 9).getTime(), now), '25 days ago');
    assert.equal(age(new Date(2026, 8, 1).getTime(), now), '2 months ago');
    assert.equal(age(new Date(2025, 10, 1).getTime(), now), 'last year');
    assert.equal(age(new Date(2020, 10, 1).getTime(), now), '6 years ago');
  });

  it('count and measure as people do', () => {
    const sizes = [0, 1, 231, 1023, 1024, 1536, 10 * 1024, 1024 ** 2, 1.5 * 1024 ** 3, 2 ** 45];
    assert.deepEqual(sizes.map(byteSize), [
      '0 bytes',
      '1 byte',
      '231 bytes',
      '1,023 bytes',
      '1 kB',
      '1.5 kB',
      '10 kB',
      '1 MB',
      '1.5 GB',
      '32,768 GB',
    ]);
    assert.deepEqual([0, 1, 89, 90, 600].map(duration), [
      '1 sec',
      '1 sec',
      '89 sec',
      '2 min',
      '10 min',
    ]);
    assert.deepEqual([0, 1, 2, 5, 21].map(fileCount), [
      '0 files',
      '1 file',
      '2 files',
      '5 files',
      '21 files',
    ]);
    const forms = { one: () => 'one', few: () => 'few', many: () => 'many' };
    assert.deepEqual(
      [1, 2, 5].map(count => plural(count, forms)),
      ['one', 'many', 'many'],
    );
  });
});

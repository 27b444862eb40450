import assert from 'node:assert/strict';
import { parseReference, parseReferences } from '../../../src/pyrus/links';
import type { Reference } from '../../../src/pyrus/links';
import type { Server } from '../../../src/pyrus/servers';

const CLOUD: Server = { kind: 'cloud' };
const CORP: Server = { kind: 'onPremises', origin: 'https://pyrus.corp.example' };
const GUID = '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2';

const file = (id: number): Reference => ({ kind: 'file', id });
const task = (id: number): Reference => ({ kind: 'task', id });

describe('what a person pastes', () => {
  const cases: readonly [string, Reference, Server?][] = [
    ['424060439', file(424060439)],
    [' 1334 ', file(1334)],
    ['"1334"', file(1334)],
    ['2147483647', file(2147483647)],
    ['2147483648', { kind: 'badId', text: '2147483648' }],
    ['0', { kind: 'badId', text: '0' }],
    ['007', { kind: 'badId', text: '007' }],
    ['-5', { kind: 'unknown', text: '-5' }],
    ['١٢٣', { kind: 'unknown', text: '١٢٣' }],
    ['1?x=', { kind: 'unknown', text: '1?x=' }],
    ['../profile', { kind: 'unknown', text: '../profile' }],
    ['#11611', task(11611)],
    ['№11611', task(11611)],
    ['https://pyrus.com/services/attachment?id=424060439', file(424060439)],
    ['https://pyrus.com/services/attachment?Id=424060439&ispreview=1', file(424060439)],
    ['https://files.pyrus.com/services/attachment?ID=5', file(5)],
    ['pyrus.com/services/attachment?id=5', file(5)],
    ['<https://pyrus.com/services/attachment?id=5>,', file(5)],
    ['https://api.pyrus.com/v4/files/download/1334', file(1334)],
    ['https://files.pyrus.com/v4/files/download/1334/', file(1334)],
    ['https://api.pyrus.com/files/17563', file(17563)],
    [
      'https://api.pyrus.com/v4/files/download/../../profile',
      { kind: 'unknown', text: 'https://api.pyrus.com/v4/files/download/../../profile' },
    ],
    ['https://pyrus.com/services/attachment?id=abc', { kind: 'badId', text: 'abc' }],
    ['https://pyrus.com/t#id12345678', task(12345678)],
    ['https://pyrus.com/t#id12345678?sc=1', task(12345678)],
    ['https://api.pyrus.com/v4/tasks/11611', task(11611)],
    ['https://pyrus.com/restapi/v3/task/1024', task(1024)],
    ['https://pyrus.com/t#rg1330902?ao=true&tz=300', { kind: 'form' }],
    ['https://pyrus.com/form/321', { kind: 'form' }],
    ['https://pyrus.com/t#authorize', { kind: 'unknown', text: 'https://pyrus.com/t#authorize' }],
    ['https://pyrus.corp.example/services/attachment?Id=7', file(7), CORP],
    ['https://pyrus.corp.example/api/v4/tasks/11611', task(11611), CORP],
    ['https://pyrus.corp.example/v4/files/download/7', file(7), CORP],
    ['https://pyrus.com/services/attachment?id=5', { kind: 'foreign', host: 'pyrus.com' }, CORP],
    [
      'https://pyrus.com.evil.example/services/attachment?id=5',
      { kind: 'foreign', host: 'pyrus.com.evil.example' },
    ],
    ['https://evil.example/v4/files/download/5', { kind: 'foreign', host: 'evil.example' }],
    [GUID, { kind: 'guid', guid: GUID }],
    [GUID.toUpperCase(), { kind: 'guid', guid: GUID }],
    [`{${GUID}}`, { kind: 'guid', guid: GUID }],
    [`"${GUID}",`, { kind: 'guid', guid: GUID }],
    ['javascript:alert(1)', { kind: 'unknown', text: 'javascript:alert(1' }],
    ['отчёт.pdf', { kind: 'unknown', text: 'отчёт.pdf' }],
  ];
  for (const [text, expected, server = CLOUD] of cases) {
    it(`${JSON.stringify(text)} is ${expected.kind}`, () =>
      assert.deepEqual(parseReference(text, server), expected));
  }

  it('may be several, apart by spaces, commas, semicolons or lines', () => {
    assert.deepEqual(
      parseReferences('1, 2;3\n https://pyrus.com/services/attachment?id=4\t', CLOUD),
      [file(1), file(2), file(3), file(4)],
    );
    assert.deepEqual(parseReferences(' \n', CLOUD), []);
  });
});

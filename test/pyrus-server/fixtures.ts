import { Accounts, type Person } from './accounts';
import { CANARY_KEY } from './canary';
import type { Files } from './files';

/** What signs in as the fixtures' main user. */
export const bob = {
  login: 'bob.smith@example.com',
  securityKey: CANARY_KEY,
  person: {
    id: 1731,
    first_name: 'Bob',
    last_name: 'Smith',
    email: 'bob.smith@example.com',
    type: 'user',
  },
} as const;

/** One e-mail, two persons: signing in needs `person_id`. */
export const shared = {
  login: 'shared@example.com',
  securityKey: 'k',
  personIds: [16900, 16901],
} as const;

export const blocked = { login: 'blocked@example.com', securityKey: 'blocked-key' } as const;

export const bot = {
  login: 'bot@5f0c2a4e-6e1b-4a57-8d57-2f6f1c0f7a11',
  securityKey: 'bot-key-test',
} as const;

export const organization = { organization_id: 2181, name: 'My Organization' } as const;

/** Ids of the files that are there from the start, by what is special about them. */
export const fileIds = {
  plain: 1334,
  quotedName: 1326,
  extendedName: 1328,
  rawUtf8Name: 1329,
  jsonContent: 1330,
  unnamedChunked: 1331,
  redirected: 1337,
  forbidden: 1400,
  missing: 1404,
  removed: 1410,
  firstVersion: 17562,
  secondVersion: 17563,
  inTitle: 17570,
  inTable: 17571,
} as const;

export const cyrillicName = 'Отчёт за март (итог).pdf';

export function fixtureAccounts(): Accounts {
  const person = (id: number, first_name: string, email: string): Person => ({
    id,
    first_name,
    last_name: 'Fixture',
    email,
    type: 'user',
  });
  const account = { blocked: false };
  return new Accounts([
    { ...account, ...bob },
    ...shared.personIds.map((id, at) => ({
      ...account,
      login: shared.login,
      securityKey: shared.securityKey,
      person: person(id, `Shared ${at + 1}`, shared.login),
    })),
    { ...blocked, blocked: true, person: person(16950, 'Blocked', blocked.login) },
    {
      ...account,
      ...bot,
      person: { ...person(16960, 'Bot', bot.login), type: 'bot' },
    },
  ]);
}

/** @param foreign an address that nothing may ever be sent to */
export function addFixtureFiles(files: Files, foreign: string): void {
  const content = 'file content';
  const named = (value: string): { headers: Record<string, string> } => ({
    headers: { 'Content-Disposition': value },
  });
  const raw = Buffer.from(cyrillicName).toString('latin1');
  files.add({ id: fileIds.plain, name: 'test.txt', content });
  files.add({
    id: fileIds.quotedName,
    name: 'my report; final.txt',
    content,
    ...named('attachment; filename="my report; final.txt"'),
  });
  files.add({
    id: fileIds.extendedName,
    name: cyrillicName,
    content: '%PDF-1.4\n%%EOF\n',
    ...named(
      `attachment; filename="Otchet.pdf"; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%D0%B7%D0%B0%20%D0%BC%D0%B0%D1%80%D1%82%20%28%D0%B8%D1%82%D0%BE%D0%B3%29.pdf`,
    ),
  });
  files.add({
    id: fileIds.rawUtf8Name,
    name: cyrillicName,
    content: '%PDF-1.4\n%%EOF\n',
    ...named(`attachment; filename="${raw}"`),
  });
  files.add({
    id: fileIds.jsonContent,
    name: 'a.json',
    content: '{"a":1}\n',
    headers: { 'Content-Type': 'application/json' },
  });
  files.add({
    id: fileIds.unnamedChunked,
    name: 'unnamed.bin',
    content,
    headers: { 'Content-Disposition': '' },
    chunked: true,
  });
  files.add({
    id: fileIds.redirected,
    name: 'redirected.txt',
    content,
    trouble: { redirect: `${foreign}/cdn/1337` },
  });
  files.add({ id: fileIds.forbidden, name: 'forbidden.txt', content, trouble: 'forbidden' });
  files.add({ id: fileIds.missing, name: 'missing.txt', content, trouble: 'missing' });
  files.add({ id: fileIds.removed, name: 'removed.txt', content, trouble: 'removed' });
  const pdf = { name: 'S15294-16.pdf', content: 541_512 };
  files.add({ ...pdf, id: fileIds.firstVersion });
  files.add({ ...pdf, id: fileIds.secondVersion, version: 2, rootId: fileIds.firstVersion });
  files.add({ id: fileIds.inTitle, name: 'scan.png', content: '123' });
  files.add({ id: fileIds.inTable, name: 'receipt.jpg', content: '123' });
}

import assert from 'node:assert/strict';
import { taskIdIn } from '../../../src/pyrus/branchTask';
import type { Reference } from '../../../src/pyrus/links';
import type { Server } from '../../../src/pyrus/servers';
import { fileUrl, parseTaskReference, taskUrl } from '../../../src/pyrus/taskLinks';

const CLOUD: Server = { kind: 'cloud' };
const CORP: Server = { kind: 'onPremises', origin: 'https://pyrus.corp.example:8443' };
const GUID = '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2';
const task = (id: number): Reference => ({ kind: 'task', id });

describe('what a person gives where a task is wanted', () => {
  const cases: readonly [string, Reference, Server?][] = [
    ['12345678', task(12345678)],
    [' 12345678\n', task(12345678)],
    ['#12345678', task(12345678)],
    ['№12345678', task(12345678)],
    ['№ 12345678', task(12345678)],
    ['# 12345678', task(12345678)],
    ['2147483647', task(2147483647)],
    ['2147483648', { kind: 'badId', text: '2147483648' }],
    ['0', { kind: 'badId', text: '0' }],
    ['0012', { kind: 'badId', text: '0012' }],
    ['https://pyrus.com/t#id12345678', task(12345678)],
    ['https://pyrus.com/t#id12345678?sc=1&x=2', task(12345678)],
    ['pyrus.com/t#id12345678', task(12345678)],
    ['<https://pyrus.com/t#id12345678>', task(12345678)],
    ['https://api.pyrus.com/v4/tasks/11611', task(11611)],
    ['https://pyrus.com/restapi/v3/task/1024', task(1024)],
    ['https://pyrus.corp.example:8443/t#id77?x', task(77), CORP],
    ['https://pyrus.corp.example/t#id77', task(77), CORP],
    ['https://pyrus.corp.example/api/v4/tasks/11611', task(11611), CORP],
    ['https://pyrus.com/t#id77', { kind: 'foreign', host: 'pyrus.com' }, CORP],
    ['https://evil.example/t#id77', { kind: 'foreign', host: 'evil.example' }],
    ['https://pyrus.com/t#rg1330902?ao=true&tz=300', { kind: 'form' }],
    ['https://pyrus.com/form/321', { kind: 'form' }],
    ['https://pyrus.com/t#authorize', { kind: 'unknown', text: 'https://pyrus.com/t#authorize' }],
    ['https://pyrus.com/services/attachment?id=5', { kind: 'file', id: 5 }],
    [GUID, { kind: 'guid', guid: GUID }],
    ['Оплата счёта', { kind: 'unknown', text: 'Оплата счёта' }],
    ['12 34', { kind: 'unknown', text: '12 34' }],
    ['-5', { kind: 'unknown', text: '-5' }],
    ['', { kind: 'unknown', text: '' }],
  ];
  for (const [text, expected, server = CLOUD] of cases) {
    it(`${JSON.stringify(text)} is ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(parseTaskReference(text, server), expected));
  }

  it('comes back from the address that a browser is given', () => {
    for (const server of [CLOUD, CORP]) {
      assert.deepEqual(parseTaskReference(taskUrl(server, 77), server), task(77));
      assert.deepEqual(parseTaskReference(fileUrl(server, 5), server), { kind: 'file', id: 5 });
    }
    assert.equal(taskUrl(CLOUD, 77), 'https://pyrus.com/t#id77');
    assert.equal(taskUrl(CORP, 77), 'https://pyrus.corp.example:8443/t#id77');
    assert.equal(fileUrl(CLOUD, 5), 'https://pyrus.com/services/attachment?id=5');
  });
});

describe('the task that a git branch is about', () => {
  const found: readonly [string, number][] = [
    ['feature/pyrus-12345678-foo', 12345678],
    ['12345678_fix', 12345678],
    ['PYRUS-12345678', 12345678],
    ['pyrus12345678', 12345678],
    ['bugfix/pyrus_11611', 11611],
    ['pyrus/11611/retry', 11611],
    ['pyrus#id11611', 11611],
    ['пайрус-11611', 11611],
    ['refs/heads/12345678', 12345678],
    ['ivan/123456789', 123456789],
    ['fix/#12345678', 12345678],
    ['id12345678-attach', 12345678],
    ['TASK-12345678', 12345678],
    ['задача-12345678', 12345678],
    ['12345678-2', 12345678],
    ['12345678-again-12345678', 12345678],
    ['pyrus-11611-instead-of-12345678', 11611],
  ];
  for (const [branch, id] of found) {
    it(`${branch}: ${id}`, () => assert.equal(taskIdIn(branch), id));
  }

  const none = [
    '',
    'main',
    'feature/attach-files',
    'fix-12345',
    'issue/1234567',
    'PROJ-123456',
    'release/1.2.12345678',
    'v12345678',
    '12345678.1',
    '20260115-nightly',
    '15012026',
    '01152026',
    'pyrus-2026',
    'pyrus-20260115',
    'pyrus-123',
    'pyrus-v4',
    'pyrus-1234.5',
    'build-1767225600',
    '20260115123456',
    'a12345678',
    '12345678b',
    '0012345678',
    'id-99999999999',
    '12345678-1234-1234-1234-123456789012',
    '8-495-12345678',
    '12345678-555-01',
    'pyrus-3000000000',
    'papyrus-11611',
    '12345678-or-87654321',
    'pyrus-11611-pyrus-11612',
    '١٢٣٤٥٦٧٨',
    '2024-12345678',
  ];
  for (const branch of none) {
    it(`${JSON.stringify(branch)}: none`, () => assert.equal(taskIdIn(branch), undefined));
  }

  it('is looked for in no time, whatever the name', () => {
    const before = process.cpuUsage();
    for (const part of ['pyrus-', '1', '12345678-', 'id', '#', '12345678-1234-']) {
      taskIdIn(part.repeat(1_000_000));
    }
    assert.ok(process.cpuUsage(before).user < 2_000_000);
  });
});

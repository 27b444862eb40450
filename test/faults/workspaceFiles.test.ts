import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';
import { fileIds } from '../pyrus-server/fixtures';
import { fileSource } from '../../src/transfer/fileSource';
import { DownloadScene } from './downloadScene';

/** Every path that this process opens or reads until `stop`. */
function watchReads(): { readonly paths: readonly string[]; readonly stop: () => void } {
  const paths: string[] = [];
  const undo: (() => void)[] = [];
  const watch = (from: object, name: string): void => {
    const original: unknown = Reflect.get(from, name);
    assert.ok(typeof original === 'function', name);
    const watched = (...args: unknown[]): unknown => {
      const [path] = args;
      if (typeof path === 'string' || path instanceof URL || Buffer.isBuffer(path)) {
        paths.push(resolve(String(path)));
      }
      return Reflect.apply(original, from, args) as unknown;
    };
    Reflect.set(from, name, watched);
    undo.push(() => void Reflect.set(from, name, original));
  };
  for (const name of ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream']) {
    watch(fs, name);
  }
  for (const name of ['open', 'readFile', 'readdir']) {
    watch(fs.promises, name);
  }
  syncBuiltinESMExports();
  return {
    paths,
    stop: () => {
      undo.forEach(restore => restore());
      syncBuiltinESMExports();
    },
  };
}

describe('faults: files of a workspace that other tools would obey', () => {
  const scene = DownloadScene.prepare();
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  it('W12 .env, .npmrc, .netrc and the like are not opened, wherever the process stands', async () => {
    const traps = ['.env', '.npmrc', '.netrc', '.curlrc', '.pyrusrc', 'package.json', '.gitconfig'];
    for (const trap of traps) {
      fs.writeFileSync(join(scene.folder, trap), 'proxy=http://127.0.0.1:1\nHTTPS_PROXY=http://x');
    }
    fs.writeFileSync(join(scene.folder, 'a.txt'), 'content');
    process.chdir(scene.folder);
    const reads = watchReads();
    try {
      const source = await fileSource(join(scene.folder, 'a.txt'));
      await scene.client.upload(source, { signal: scene.me.signal });
      await scene.save(fileIds.plain);
    } finally {
      reads.stop();
    }
    assert.ok(reads.paths.includes(join(scene.folder, 'a.txt')), 'the watch sees nothing');
    assert.deepEqual(
      reads.paths.filter(path => traps.some(trap => path.endsWith(`/${trap}`))),
      [],
    );
  });

  it('W12 variables that steer other clients steer nothing here', async () => {
    const trap = scene.pyrus.origins.foreign;
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'PYRUS_API_URL'];
    const saved = names.map(name => [name, process.env[name]] as const);
    names.forEach(name => (process.env[name] = trap));
    try {
      await scene.save(fileIds.plain);
    } finally {
      for (const [name, value] of saved) {
        if (value === undefined) {
          Reflect.deleteProperty(process.env, name);
        } else {
          process.env[name] = value;
        }
      }
    }
    assert.deepEqual(scene.names(), ['test.txt']);
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });
});

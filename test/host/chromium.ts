import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import * as tar from 'tar';
import type { BrowserProgram } from './browser';
import { bringOnce, step } from './cache';
import { addFonts } from './fonts';
import { unpackPackage } from './npm';

const SPEC = '@sparticuz/chromium@153.0.0';

const run = promisify(execFile);

/** A headless Chromium for Linux on x64 from npm, with fonts, and with libraries if they are missing. */
export async function bringChromium(): Promise<BrowserProgram> {
  const folder = await bringOnce({
    name: 'chromium-153.0.0',
    title: 'a headless Chromium, 250 MB',
    make: async unfinished => {
      await step('downloading', () => unpackPackage(SPEC, unfinished, 'package/bin'));
      await step('unpacking', () => unpack(unfinished));
      await step('adding fonts', () => addFonts(unfinished));
    },
  });
  const executablePath = path.join(folder, 'chromium');
  const fonts = { FONTCONFIG_PATH: folder };
  const libraries = { LD_LIBRARY_PATH: path.join(folder, 'lib') };
  if ((await complaint(executablePath, {})) === undefined) {
    return { executablePath, env: fonts };
  }
  const message = await complaint(executablePath, libraries);
  if (message !== undefined) {
    throw new Error(`The Chromium from npm does not start on this machine:\n${message}`);
  }
  return { executablePath, env: { ...fonts, ...libraries } };
}

async function unpack(folder: string): Promise<void> {
  const executable = path.join(folder, 'chromium');
  await pipeline(
    createReadStream(`${executable}.br`),
    createBrotliDecompress(),
    createWriteStream(executable),
  );
  await chmod(executable, 0o755);
  await unpackTar(path.join(folder, 'al2023.tar.br'), folder); // makes `lib`
  await unpackTar(path.join(folder, 'fonts.tar.br'), folder); // makes `fonts`
  for (const archive of ['chromium', 'al2023.tar', 'fonts.tar', 'swiftshader.tar']) {
    await rm(path.join(folder, `${archive}.br`));
  }
}

async function unpackTar(archive: string, folder: string): Promise<void> {
  await pipeline(createReadStream(archive), createBrotliDecompress(), tar.extract({ cwd: folder }));
}

/** What the browser says when it cannot start; undefined when it can. */
async function complaint(
  executablePath: string,
  extra: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  try {
    await run(executablePath, ['--version'], {
      env: { ...process.env, ...extra },
      timeout: 20_000,
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../host/project';
import { eventually } from '../eventually';
import type { Workbench } from './workbench';

/** What another extension calls: a tool, as for a language model, or a command. */
export type Call =
  | { readonly tool: string; readonly input: object }
  /** Texts that begin with `file:` become Uris. */
  | { readonly command: string; readonly args: readonly unknown[] };

/** How it ended. */
export interface Outcome {
  readonly answer?: unknown;
  readonly error?: string;
}

const VSCE = path.join(projectFolder, 'node_modules', '@vscode', 'vsce', 'vsce');

/** Another extension in the workbench, which calls what a test tells it to. */
export class Caller {
  private constructor(
    private readonly folder: string,
    /** To be installed. */
    readonly vsix: string,
  ) {}

  static async pack(): Promise<Caller> {
    const folder = await mkdtemp(path.join(await realpath(tmpdir()), 'pyrus-calls-'));
    const vsix = path.join(folder, 'caller.vsix');
    const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
    await promisify(execFile)(process.execPath, [VSCE, 'package', ...options, '--out', vsix], {
      cwd: path.join(projectFolder, 'test', 'workbench', 'caller'),
    });
    return new Caller(folder, vsix);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  /** For the workbench, so that the other extension finds the calls. */
  get env(): Readonly<Record<string, string>> {
    return { PYRUS_TEST_CALLS: this.folder };
  }

  /** Makes a call, which may ask the user. @returns waits until it has ended */
  async call({ palette }: Workbench, call: Call): Promise<() => Promise<Outcome>> {
    const file = path.join(this.folder, 'outcome.json');
    await rm(file, { force: true });
    await writeFile(path.join(this.folder, 'call.json'), JSON.stringify(call));
    await palette.run('Caller: Call');
    return async () => {
      let outcome: Outcome = {};
      await eventually(async () => {
        outcome = JSON.parse(await readFile(file, 'utf8')) as Outcome;
      }, 30_000);
      return outcome;
    };
  }
}

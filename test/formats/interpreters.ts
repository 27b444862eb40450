import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TYPESCRIPT_OPTIONS, TYPESCRIPT_COMPILER } from './typescript';

const run = promisify(execFile);

export type Environment = Readonly<Record<string, string>>;
type Command = readonly [command: string, ...rest: string[]];

/** What runs programs of a language, where it is installed. */
export interface Interpreter {
  /** Commands that succeed where all is there. */
  readonly checks: readonly Command[];
  /** What a machine lacks where they do not. */
  readonly lacks: string;
  readonly file: string;
  /** Other files that it wants beside the program. */
  readonly beside?: Readonly<Record<string, string>>;
  /** In this order, in the folder of the program. */
  readonly commands: readonly Command[];
}

export const curl: Interpreter = {
  checks: [
    ['bash', '--version'],
    ['curl', '--version'],
  ],
  lacks: 'bash or curl',
  file: 'program.sh',
  commands: [['bash', '-eu', 'program.sh']],
};

export const python: Interpreter = {
  checks: [['python3', '-c', 'import requests']],
  lacks: 'Python with the package requests',
  file: 'program.py',
  commands: [['python3', 'program.py']],
};

export const pythonWithPyrus: Interpreter = {
  ...python,
  checks: [['python3', '-c', 'import pyrus.client']],
  lacks: 'Python with the package pyrus-api',
};

export const node: Interpreter = {
  checks: [['node', '--version']],
  lacks: 'Node',
  file: 'program.mjs',
  commands: [['node', 'program.mjs']],
};

/** Checked as strictly as can be, compiled, run. */
export const typescript: Interpreter = {
  checks: [[TYPESCRIPT_COMPILER, '--version']],
  lacks: 'TypeScript',
  file: 'program.mts',
  beside: { 'tsconfig.json': JSON.stringify(TYPESCRIPT_OPTIONS) },
  commands: [
    [TYPESCRIPT_COMPILER, '-p', '.'],
    ['node', 'program.mjs'],
  ],
};

export const php: Interpreter = {
  checks: [['php', '-r', 'exit(extension_loaded("curl") ? 0 : 1);']],
  lacks: 'PHP with the extension curl',
  file: 'program.php',
  commands: [['php', 'program.php']],
};

export const go: Interpreter = {
  checks: [['go', 'version']],
  lacks: 'Go',
  file: 'program.go',
  commands: [['go', 'run', 'program.go']],
};

export const java: Interpreter = {
  checks: [['javac', '-version']],
  lacks: 'a JDK',
  file: 'Program.java',
  commands: [['java', '-Dfile.encoding=UTF-8', 'Program.java']],
};

/** @returns undefined when a program can be run */
export async function missing({ checks, lacks }: Interpreter): Promise<string | undefined> {
  try {
    for (const [command, ...rest] of checks) {
      await run(command, rest);
    }
    return undefined;
  } catch {
    // Not there, or there without what it needs: the same to a person who wants to run it.
    return `no ${lacks}`;
  }
}

/** @returns what it printed; rejects with what it complained about unless it ends well */
export async function runProgram(
  interpreter: Interpreter,
  program: string,
  folder: string,
  environment: Environment = {},
): Promise<string> {
  const cwd = join(folder, 'program');
  await mkdir(cwd, { recursive: true });
  const files = { ...interpreter.beside, [interpreter.file]: program };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(cwd, name), content);
  }
  let printed = '';
  for (const [command, ...rest] of interpreter.commands) {
    printed += (await run(command, rest, { cwd, env: { ...process.env, ...environment } })).stdout;
  }
  return printed;
}

/** Leaves a test out, with the reason in its title, where a program cannot be run. */
export async function skipWithout(context: Mocha.Context, interpreter: Interpreter): Promise<void> {
  const reason = await missing(interpreter);
  if (reason === undefined) {
    return;
  }
  if (context.test !== undefined) {
    context.test.title += ` (not run here: ${reason})`;
  }
  context.skip();
}

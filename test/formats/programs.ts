import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '../../..');

/** Around a format's code, what makes a program of it, and what runs that. */
export interface Program {
  /** What a machine without it lacks; undefined when all is there. */
  missing(): Promise<string | undefined>;
  run(code: string, folder: string, environment: Readonly<Record<string, string>>): Promise<void>;
}

interface Interpreter {
  /** Must succeed, or the interpreter is not there. */
  readonly check: readonly [command: string, ...rest: string[]];
  readonly lacks: string;
  readonly file: string;
  readonly program: (code: string) => string;
  readonly command: (file: string) => readonly [command: string, ...rest: string[]];
}

/** Formats that are run as programs, by id. TypeScript is JavaScript's format, compiled first. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  curl: interpreted({
    check: ['bash', '-c', 'curl --version'],
    lacks: 'bash or curl',
    file: 'attach.sh',
    program: code => `set -eu\n${code}\n`,
    command: file => ['bash', file],
  }),
  python: interpreted({
    check: ['python3', '-c', 'import pyrus.client'],
    lacks: 'Python package pyrus-api',
    file: 'attach.py',
    program: onTheStandIn,
    command: file => ['python3', file],
  }),
  'python-requests': interpreted({
    check: ['python3', '-c', 'import requests'],
    lacks: 'Python with the package requests',
    file: 'attach.py',
    program: code => code,
    command: file => ['python3', file],
  }),
  javascript: interpreted({
    check: ['node', '--version'],
    lacks: 'Node',
    file: 'attach.mjs',
    program: code => code,
    command: file => ['node', file],
  }),
  php: interpreted({
    check: ['php', '-r', 'exit(extension_loaded("curl") ? 0 : 1);'],
    lacks: 'PHP with the extension curl',
    file: 'attach.php',
    program: code => `<?php\n${code}\n`,
    command: file => ['php', file],
  }),
  go: interpreted({
    check: ['go', 'version'],
    lacks: 'Go',
    file: 'attach.go',
    program: goProgram,
    command: file => ['go', 'run', file],
  }),
  java: interpreted({
    check: ['javac', '-version'],
    lacks: 'a JDK',
    file: 'Attach.java',
    program: javaProgram,
    command: file => ['java', file],
  }),
};

/** The same code as TypeScript: checked strictly, compiled, run. */
export const TYPESCRIPT: Program = {
  missing: () => Promise.resolve(undefined),
  async run(code, folder, environment) {
    const options = {
      compilerOptions: {
        strict: true,
        module: 'nodenext',
        target: 'es2022',
        types: ['node'],
        typeRoots: [join(ROOT, 'node_modules/@types')],
      },
      files: ['attach.mts'],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(options));
    await writeFile(join(folder, 'attach.mts'), `${code}\nexport {};\n`);
    await execute([join(ROOT, 'node_modules/.bin/tsc'), '-p', folder]);
    await execute([process.execPath, join(folder, 'attach.mjs')], environment);
  },
};

function interpreted({ check, lacks, file, program, command }: Interpreter): Program {
  return {
    async missing() {
      try {
        await execute(check);
        return undefined;
      } catch {
        return `no ${lacks}`;
      }
    },
    async run(code, folder, environment) {
      const path = join(folder, 'program', file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, program(code));
      await execute(command(path), environment);
    },
  };
}

/** Rejects, with what the program wrote, unless it ends well. */
async function execute(
  [command, ...rest]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  await run(command, rest, { env: { ...process.env, ...environment } });
}

/** The official client knows https only, and the hosts of the cloud. */
function onTheStandIn(code: string): string {
  return `import os, urllib.parse
import pyrus.client
accounts = urllib.parse.urlparse(os.environ["PYRUS_ACCOUNTS"])
pyrus.client.PyrusAPI._protocol = accounts.scheme
pyrus.client.PyrusAPI._auth_host = accounts.netloc + "/api"
${code}
`;
}

function goProgram(code: string): string {
  return `package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
)

func attach() error {
${code}
	return nil
}

func main() {
	if err := attach(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
`;
}

function javaProgram(code: string): string {
  return `import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Attach {
    public static void main(String[] args) throws Exception {
${code}
    }
}
`;
}

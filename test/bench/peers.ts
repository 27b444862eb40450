import * as path from 'node:path';
import { projectFolder } from '../host/project';
import { timed, timedShell } from './child';
import { has } from './machine';
import type { FileInPyrus, PyrusProcess } from './pyrusChild';

/** Another program that does what we do. */
export interface Peer {
  readonly name: string;
  readonly run: () => Promise<Took>;
  /** Takes so long that two rounds are enough. */
  readonly isSlow?: boolean;
}

/** In seconds. */
export interface Took {
  /** Without the start of the program where it tells: an editor is started already. */
  readonly seconds: number;
  /** The whole process. */
  readonly whole: number;
}

/** What is moved, and where. */
export interface Job {
  readonly pyrus: PyrusProcess;
  /** Files to send. */
  readonly paths?: readonly string[];
  /** Files to fetch into `folder`. */
  readonly files?: readonly FileInPyrus[];
  readonly folder: string;
}

/** What is installed here. */
export interface Installed {
  readonly curl: boolean;
  readonly md5sum: boolean;
  /** The Python that has `requests`; the distribution's own has it more often than others. */
  readonly python: string | undefined;
}

export async function installed(): Promise<Installed> {
  const pythons = ['/usr/bin/python3', 'python3'];
  const having = await Promise.all(
    pythons.map(program => has(program, '-c', 'import requests, jsonpickle')),
  );
  return {
    curl: await has('curl', '--version'),
    md5sum: await has('md5sum', '--version'),
    python: pythons.find((_, at) => having[at]),
  };
}

/** One line that says what is left out because it is not installed; undefined when nothing is. */
export function absent({ curl, md5sum, python }: Installed): string | undefined {
  const names = [
    ...(curl ? [] : ['curl']),
    ...(md5sum ? [] : ['md5sum']),
    ...(python === undefined
      ? ['the official Python client’s way (python3 with requests and jsonpickle)']
      : []),
  ];
  return names.length === 0
    ? undefined
    : `Left out, because it is not installed: ${names.join(', ')}.`;
}

export function uploadUrl({ origins }: PyrusProcess): string {
  return `${origins.files}/v4/files/upload`;
}

export function downloadUrl({ origins }: PyrusProcess): string {
  return `${origins.files}/v4/files/download/`;
}

/** curl as one would type it; several lines of it in one shell. */
export function shellPeer(name: string, line: string): Peer {
  return {
    name,
    run: async () => {
      const whole = await timedShell(line);
      return { seconds: whole, whole };
    },
  };
}

/** `requests`, whole files in memory. */
export function pythonPeer(python: string, job: Job): Peer {
  const script = path.join(projectFolder, 'test', 'bench', 'officialClient.py');
  return {
    name: 'official Python client’s way',
    run: () => told(python, [script, ...argumentsFor(job)]),
  };
}

/** node-fetch and form-data as one writes them first. */
export function nodePeer(job: Job): Peer {
  return plainNode('plain node-fetch + form-data', argumentsFor(job));
}

/** The same for uploads, which then knows the MD5 of what it sent, as we do. */
export function hashingNodePeer(job: Job): Peer {
  const [, ...rest] = argumentsFor(job);
  return plainNode('plain node-fetch + form-data + MD5', ['upload-md5', ...rest]);
}

function plainNode(name: string, args: readonly string[]): Peer {
  const script = path.join(__dirname, 'plainNode.js');
  return { name, run: () => told(process.execPath, [script, ...args]) };
}

/** A program that prints the seconds it took without its start. */
async function told(program: string, args: readonly string[]): Promise<Took> {
  const { seconds: whole, output } = await timed(program, args);
  return { seconds: Number(output), whole };
}

function argumentsFor({ pyrus, paths, files = [], folder }: Job): string[] {
  return paths === undefined
    ? [
        'download',
        pyrus.token,
        downloadUrl(pyrus),
        folder,
        ...files.map(({ name, id }) => `${name}=${id}`),
      ]
    : ['upload', pyrus.token, uploadUrl(pyrus), ...paths];
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { NewFile } from '../pyrus-server/files';
import type { OriginName, SeenRequest } from '../pyrus-server/journal';
import type { PyrusOptions } from '../pyrus-server/options';

export type Question =
  | { readonly ask: 'file'; readonly file: NewFile }
  | { readonly ask: 'task' }
  | { readonly ask: 'lastUpload' };

export interface Answer {
  readonly id?: number;
  readonly md5?: string;
  readonly size?: number;
  readonly name?: string;
  readonly upload?: SeenUpload | undefined;
}

/** Times in milliseconds since 1970, with fractions. */
export interface SeenUpload {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly outcome: SeenRequest['outcome'];
}

/** A file that can be downloaded. */
export interface FileInPyrus {
  readonly id: number;
  readonly md5: string;
  readonly size: number;
  readonly name: string;
}

/** A stand-in Pyrus in another process. */
export interface PyrusProcess {
  readonly origins: Readonly<Record<OriginName, string>>;
  readonly login: string;
  readonly securityKey: string;
  readonly token: string;
  addFile(file: NewFile): Promise<FileInPyrus>;
  /** A task as large as Pyrus allows. @returns its id */
  addTask(): Promise<number>;
  lastUpload(): Promise<SeenUpload | undefined>;
  stop(): void;
}

/** No benchmark meets the rate limit: it would measure that. */
const UNLIMITED = { rateLimit: { limit: 1e9, intervalSeconds: 600 }, keepBytes: 0 };

/** @param program the compiled pyrusProcess.js, where this code is in a bundle */
export async function startPyrusProcess(
  options: PyrusOptions,
  program = join(__dirname, 'pyrusProcess.js'),
): Promise<PyrusProcess> {
  const child = fork(program, [JSON.stringify({ ...UNLIMITED, ...options })], { execArgv: [] });
  const [begun] = (await once(child, 'message')) as [
    Pick<PyrusProcess, 'origins' | 'login' | 'securityKey' | 'token'>,
  ];
  const ask = async (question: Question): Promise<Answer> => {
    const answered = once(child, 'message') as Promise<[Answer]>;
    child.send(question);
    return (await answered)[0];
  };
  return {
    ...begun,
    addFile: async file => {
      const { id = 0, md5 = '', size = 0, name = '' } = await ask({ ask: 'file', file });
      return { id, md5, size, name };
    },
    addTask: async () => (await ask({ ask: 'task' })).id ?? 0,
    lastUpload: async () => (await ask({ ask: 'lastUpload' })).upload,
    stop: () => void child.kill(),
  };
}

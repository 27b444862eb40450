import { createHash, type Hash } from 'node:crypto';
import type { Call } from './call';
import { BadMultipart } from './disposition';
import type { NewUpload } from './files';
import { boundaryOf, MultipartReader, type PartHead, type PartListener } from './multipart';
import { EarlyReply, html, json, Refused, type Reply } from './replies';

/** `POST files/upload`, help page "Files": exactly one file, answered with its GUID and MD5. */
export async function upload(call: Call): Promise<Reply> {
  assertLength(call);
  await assertAccount(call);
  if (call.settings.uploadWork === 'drain') {
    await call.body.discard();
    return stored(call, new FilePart(call));
  }
  const boundary = boundaryOf(call.seen.headers['content-type']);
  if (boundary === undefined) {
    throw call.refuseEarly('bad_multipart_content');
  }
  const part = new FilePart(call);
  const reader = new MultipartReader(boundary, part);
  await call.body.read(chunk => {
    const error = badMultipart(() => reader.write(chunk));
    if (error !== undefined) {
      throw call.refuseEarly(error.code);
    }
  });
  const error = badMultipart(() => reader.end());
  if (error !== undefined) {
    throw new Refused(error.code);
  }
  return stored(call, part);
}

/** @throws EarlyReply from the proxy in front of Pyrus, or from Pyrus, at the header alone */
function assertLength(call: Call): void {
  const length = call.seen.headers['content-length'];
  if (length === undefined) {
    throw new EarlyReply(html(411, '411 Length Required'));
  }
  if (Number(length) > call.settings.proxyBodyLimit) {
    throw new EarlyReply(html(413, '413 Request Entity Too Large'));
  }
}

/** Pyrus looks at the token when the first bytes have reached it through the proxy. */
async function assertAccount(call: Call): Promise<void> {
  const found = call.environment.tokens.check(call.seen.headers.authorization);
  if (typeof found === 'string') {
    await call.body.read(() => {
      throw call.refuseEarly(found);
    });
    throw new Refused(found);
  }
}

function badMultipart(work: () => void): BadMultipart | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof BadMultipart) {
      return error;
    }
    throw error;
  }
  return undefined;
}

function stored(call: Call, part: FilePart): Reply {
  const { guid } = call.environment.files.addUpload(part.finish());
  return json({ guid, md5_hash: part.md5 ?? call.settings.assumedMd5 });
}

/** Collects the one file of an upload: counted, digested, and kept while it is small. */
class FilePart implements PartListener {
  readonly #call: Call;
  readonly #hash: Hash | undefined;
  #head: PartHead | undefined;
  #inFile = false;
  #size = 0;
  #kept: Buffer[] = [];
  #md5: string | undefined;

  constructor(call: Call) {
    this.#call = call;
    this.#hash = call.settings.uploadWork === 'hash' ? createHash('md5') : undefined;
  }

  /** 32 lower-case hex digits; undefined when nothing was hashed. */
  get md5(): string | undefined {
    return this.#md5;
  }

  onPart(head: PartHead): void {
    this.#inFile = head.fileName !== undefined;
    if (head.fileName === undefined) {
      return;
    }
    if (this.#head !== undefined) {
      throw new BadMultipart('there are two files');
    }
    if (head.fileName.length > this.#call.settings.maxFileNameLength) {
      throw this.#call.refuseEarly('max_file_name_length_exceeded');
    }
    this.#head = head;
  }

  onContent(bytes: Buffer): void {
    if (!this.#inFile) {
      return;
    }
    this.#size += bytes.length;
    if (this.#size > this.#call.settings.maxFileSize) {
      throw this.#call.refuseEarly('too_large_request_length');
    }
    this.#hash?.update(bytes);
    if (this.#size <= this.#call.settings.keepBytes) {
      this.#kept.push(bytes);
    } else {
      this.#kept = [];
    }
  }

  /** @throws Refused when there was no file, or nothing in it */
  finish(): NewUpload {
    if (this.#call.settings.uploadWork === 'drain') {
      const size = this.#call.seen.bodyLength;
      return {
        name: '',
        size,
        md5: undefined,
        partName: '',
        partType: undefined,
        bytes: undefined,
      };
    }
    const name = this.#head?.fileName;
    if (this.#head === undefined || name === undefined) {
      throw new Refused('no_file_in_request');
    }
    if (this.#size === 0) {
      throw new Refused('empty_file');
    }
    this.#md5 = this.#hash?.digest('hex');
    return {
      name,
      size: this.#size,
      md5: this.#md5,
      partName: this.#head.name,
      partType: this.#head.contentType,
      bytes: this.#size <= this.#call.settings.keepBytes ? Buffer.concat(this.#kept) : undefined,
    };
  }
}

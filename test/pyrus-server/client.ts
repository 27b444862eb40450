import { startPyrus, type PyrusServer } from './pyrus';
import type { PyrusOptions } from './options';
import { collect, get, head, open, parse, type RawAnswer } from './raw';

export const UPLOAD = 'POST /v4/files/upload';
export const DOWNLOAD = 'GET /v4/files/download/1334';
const BOUNDARY = '8d2f42366b41441';

/** A multipart body around `size` bytes. */
export function form(size: number): Buffer {
  return Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="a.bin"\r\n\r\n`,
    ),
    Buffer.alloc(size, 'x'),
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}

/** A started server and a signed-in client that writes its own bytes. */
export class TestClient {
  token: string;

  private constructor(readonly pyrus: PyrusServer) {
    this.token = pyrus.issueToken();
  }

  static async start(options?: PyrusOptions): Promise<TestClient> {
    return new TestClient(await startPyrus(options));
  }

  uploadHead(length: number, more: Record<string, string> = {}): string {
    return head('POST', '/v4/files/upload', {
      Authorization: `Bearer ${this.token}`,
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      'Content-Length': String(length),
      ...more,
    });
  }

  downloadHead(): string {
    return head('GET', '/v4/files/download/1334', { Authorization: `Bearer ${this.token}` });
  }

  async upload(size: number): Promise<RawAnswer> {
    const bytes = form(size);
    const socket = open(this.pyrus.origins.files);
    socket.write(this.uploadHead(bytes.length));
    socket.write(bytes);
    return parse(await collect(socket));
  }

  async download(): Promise<RawAnswer> {
    return get(`${this.pyrus.origins.files}/v4/files/download/1334`, this.token);
  }

  /** All bytes of the answer, and the code of the error that ended it if one did. */
  async downloadRaw(): Promise<{ bytes: string; error: string | undefined }> {
    const socket = open(this.pyrus.origins.files);
    const chunks: Buffer[] = [];
    let error: string | undefined;
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', (reason: NodeJS.ErrnoException) => (error = reason.code));
    socket.write(this.downloadHead());
    await new Promise<void>(resolve => socket.once('close', () => resolve()));
    return { bytes: Buffer.concat(chunks).toString('latin1'), error };
  }
}

/**
 * What one writes first: node-fetch and form-data, a file after another, without limits, checks or
 * measures. `plainNode.js upload TOKEN URL FILE…`, `… upload-md5 …` to have the MD5 as well, and
 * `plainNode.js download TOKEN URL FOLDER NAME=ID…`
 */
import FormData from 'form-data';
import fetch from 'node-fetch';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

async function upload(
  token: string,
  url: string,
  files: readonly string[],
  isHashed: boolean,
): Promise<void> {
  for (const file of files) {
    const form = new FormData();
    const content = createReadStream(file);
    form.append('file', content);
    const hash = createHash('md5');
    if (isHashed) {
      content.on('data', chunk => hash.update(chunk));
      content.pause();
    }
    const headers = { ...form.getHeaders(), Authorization: `Bearer ${token}` };
    // Without this the form goes out chunked, which Pyrus refuses.
    const length = await new Promise<number>((resolve, reject) =>
      form.getLength((error, bytes) => (error ? reject(error) : resolve(bytes))),
    );
    const body = form;
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': String(length) },
      body,
    });
    await response.json();
    if (isHashed) {
      hash.digest('hex');
    }
  }
}

async function download(
  token: string,
  url: string,
  folder: string,
  wanted: readonly string[],
): Promise<void> {
  for (const item of wanted) {
    const [name = '', id = ''] = item.split('=');
    const response = await fetch(`${url}${id}`, { headers: { Authorization: `Bearer ${token}` } });
    if (response.body !== null) {
      await pipeline(response.body, createWriteStream(join(folder, name)));
    }
  }
}

async function main([what, token = '', url = '', ...rest]: readonly string[]): Promise<void> {
  const begun = performance.now();
  await (what === 'download'
    ? download(token, url, rest[0] ?? '', rest.slice(1))
    : upload(token, url, rest, what === 'upload-md5'));
  console.log((performance.now() - begun) / 1000);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

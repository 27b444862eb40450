import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { certificate } from './certificates';
import type { Certificate } from './certificates';

/** Who signs certificates that the editor under test trusts, by how it comes to know of them. */
export type Authority = 'extra' | 'system';

const VARIABLE = 'PYRUS_TEST_AUTHORITIES';

/**
 * Makes both authorities.
 * @returns the environment of an editor that trusts the first by Node's own variable, and has the
 * second in the place of all that the system trusts, as OpenSSL's own variable does it
 */
export async function makeAuthorities(folder: string): Promise<Record<string, string>> {
  await mkdir(folder, { recursive: true });
  for (const name of ['extra', 'system'] satisfies Authority[]) {
    const { key, cert } = await certificate({ name: `Authority ${name}`, isAuthority: true });
    await writeFile(path.join(folder, `${name}.key`), key);
    await writeFile(path.join(folder, `${name}.crt`), cert);
  }
  return {
    [VARIABLE]: folder,
    NODE_EXTRA_CA_CERTS: path.join(folder, 'extra.crt'),
    SSL_CERT_FILE: path.join(folder, 'system.crt'),
  };
}

/** An authority of the environment this runs in. */
export function authorityOf(
  name: Authority,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Certificate {
  const read = (ending: string): string =>
    readFileSync(path.join(env[VARIABLE] ?? '', `${name}.${ending}`), 'utf8');
  return { key: read('key'), cert: read('crt') };
}

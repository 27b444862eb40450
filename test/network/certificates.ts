import { isIP } from 'node:net';
import { generate } from 'selfsigned';

/** Keys and certificates in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateOptions {
  /** Who signs it; itself unless told. */
  readonly issuer?: Certificate;
  /** The name, or the address, in it. */
  readonly name: string;
  /** Until when it is valid. */
  readonly until?: Date;
  readonly isAuthority?: boolean;
}

/** Makes a certificate; quick, because its key is on an elliptic curve. */
export async function certificate(options: CertificateOptions): Promise<Certificate> {
  const { issuer, name, until = new Date(Date.now() + day), isAuthority = false } = options;
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(until.getTime() - 30 * day),
    notAfterDate: until,
    ...(issuer === undefined ? {} : { ca: issuer }),
    extensions: [
      { name: 'basicConstraints', cA: isAuthority, critical: true },
      { name: 'keyUsage', keyCertSign: isAuthority, digitalSignature: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name }],
      },
    ],
  });
  return { key, cert };
}

const day = 24 * 3600 * 1000;

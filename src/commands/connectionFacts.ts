import type { PyrusFailure } from '../pyrus/errors';
import type { Sighting } from '../pyrus/probe';
import type { CallsLeft } from '../pyrus/rateHeaders';

/** What a check of the connection found out. Nothing here is secret. */
export interface ConnectionFacts {
  /** Those signed in; the one that commands use in this window first. */
  readonly accounts: readonly AccountFacts[];
  /** The sign-in server of Pyrus Cloud, looked at when nobody is signed in. */
  readonly cloud?: OriginFacts;
  readonly proxy: ProxyFacts;
  readonly certificates: CertificateFacts;
  /** False when what is to be kept secret lasts until the window closes. */
  readonly keepsSecrets: boolean;
  readonly host: HostFacts;
}

export type Outcome<T> = { readonly value: T } | { readonly failure: PyrusFailure };

export type Role = 'signIn' | 'api' | 'files';

export interface OriginFacts {
  readonly role: Role;
  readonly host: string;
  readonly outcome: Outcome<Sighting>;
}

export interface AccountFacts {
  readonly id: string;
  readonly label: string;
  /** Commands use it in this window. */
  readonly isCurrent: boolean;
  readonly origins: readonly OriginFacts[];
  readonly session: Outcome<SessionFacts>;
}

/** Pyrus let somebody in. */
export interface SessionFacts {
  /** With a token asked for just now. */
  readonly isRenewed: boolean;
  readonly left?: CallsLeft;
}

export interface ProxyFacts {
  /** Of the setting `http.proxy`, without user and password. */
  readonly address?: string;
  /** The setting `http.proxySupport`. */
  readonly support: string;
  /** The setting `http.noProxy`. */
  readonly exceptions: readonly string[];
  /** Names of the variables that say something about a proxy. */
  readonly variables: readonly string[];
}

export interface CertificateFacts {
  /** The setting `http.systemCertificates`. */
  readonly useSystems: boolean;
  /** Names of the variables that add certificates. */
  readonly variables: readonly string[];
  /** A variable tells Node to trust every certificate. */
  readonly isUnchecked: boolean;
}

/** Where all this runs. */
export interface HostFacts {
  readonly extension: string;
  readonly editor: string;
  readonly node: string;
  readonly system: string;
  /** What VS Code calls the connection to the computer this runs on; absent when it is this one. */
  readonly remote?: string;
  readonly isBrowser: boolean;
  readonly language: string;
  readonly inRestrictedMode: boolean;
}

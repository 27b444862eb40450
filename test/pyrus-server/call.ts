import type { Account } from './accounts';
import type { IncomingBody } from './body';
import type { Environment } from './environment';
import type { SeenRequest } from './journal';
import type { Settings } from './options';
import { Answered, EarlyReply, html, json, Refused, refusal, type Reply } from './replies';
import { refusals, type RefusalCode } from './texts';

const MAX_JSON = 4 * 1024 * 1024;

/** One request on its way through the server. */
export class Call {
  readonly path: string;
  readonly query: URLSearchParams;

  constructor(
    readonly seen: SeenRequest,
    readonly body: IncomingBody,
    readonly environment: Environment,
    readonly settings: Settings,
  ) {
    const [path = '', ...query] = seen.path.split('?');
    this.path = path.length > 1 ? path.replace(/\/$/, '') : path;
    this.query = new URLSearchParams(query.join('?'));
  }

  /** The web interface's routes answer with pages or nothing, where the API answers JSON. */
  get isWebStyle(): boolean {
    return this.path.startsWith('/services/');
  }

  /** @throws Refused when the token is not good */
  account(): Account {
    const found = this.environment.tokens.check(this.seen.headers.authorization);
    if (typeof found === 'string') {
      throw new Refused(found);
    }
    return found;
  }

  refuse(code: RefusalCode): Reply {
    if (!this.isWebStyle) {
      return refusal(code, this.settings.language);
    }
    const { status, en } = refusals[code];
    return status === 403 ? { status } : html(status, `${status} ${en}`);
  }

  /** For answers that come while the client is still sending. */
  refuseEarly(code: RefusalCode): EarlyReply {
    return new EarlyReply(this.refuse(code));
  }

  /**
   * Reads a JSON object.
   * @throws Refused `empty_body`, `invalid_json`; Answered 415 for another Content-Type
   */
  async readJson(): Promise<Record<string, unknown>> {
    const type = this.seen.headers['content-type'] ?? '';
    const text = await this.body.text(MAX_JSON);
    if (text === undefined) {
      throw new Refused('too_large_request_length');
    }
    this.seen.body = text;
    if (text.trim() === '') {
      throw new Refused('empty_body');
    }
    if (!/^application\/json\s*(;|$)/i.test(type)) {
      const message = `The request entity's media type '${type}' is not supported for this resource.`;
      throw new Answered(json({ Message: message }, 415));
    }
    return parseObject(this.body.meaningOf(text));
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new Refused('invalid_json');
    }
    throw error;
  }
  if (!isObject(value)) {
    throw new Refused('invalid_json');
  }
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

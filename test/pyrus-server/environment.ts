import type { Accounts } from './accounts';
import { Files } from './files';
import { addFixtureFiles } from './fixtures';
import type { OriginName } from './journal';
import { RateLimiter } from './limits';
import type { Settings } from './options';
import { fixtureTasks } from './taskFixtures';
import type { Tasks } from './tasks';
import { Tokens } from './tokens';

/**
 * One Pyrus with its own tokens, files and tasks: the cloud, or the on-premises one.
 * What was uploaded to one means nothing to the other.
 */
export interface Environment {
  readonly name: 'cloud' | 'onPremises';
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly files: Files;
  readonly tasks: Tasks;
  /** In front of `/services/attachment` in the `url` of attachments; no trailing slash. */
  readonly web: string;
  readonly limiter: RateLimiter;
  /** What `/auth` tells of itself; on-premises servers tell nothing. */
  readonly urls: { readonly api_url: string; readonly files_url: string } | undefined;
}

/** @param origins addresses without a trailing slash */
export function buildEnvironment(
  name: Environment['name'],
  accounts: Accounts,
  settings: Settings,
  origins: Readonly<Record<OriginName, string>>,
): Environment {
  const files = new Files(name);
  addFixtureFiles(files, origins.foreign);
  const web = name === 'cloud' ? origins.files : origins.onPremises;
  return {
    name,
    accounts,
    tokens: new Tokens(settings.tokenQuota),
    files,
    tasks: fixtureTasks({ files, web, foreign: origins.foreign }),
    web,
    limiter: new RateLimiter(settings.rateLimit, settings.now),
    urls:
      name === 'cloud'
        ? { api_url: `${origins.api}/v4/`, files_url: `${origins.files}/` }
        : undefined,
  };
}

import type { Account } from './accounts';

/** VS Code keys what other extensions may see by the label: two people must not share one. */
export function distinct(account: Account, others: readonly Account[]): Account {
  const [, person = ''] = account.id.split('/');
  return others.some(({ label }) => label === account.label)
    ? { ...account, label: `${account.label} #${person}` }
    : account;
}

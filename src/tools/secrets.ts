import * as vscode from 'vscode';
import { isStringList, matchesAny, userSetting } from '../settings/userSetting';
import { isToolFolder } from '../transfer/reservedNames';
import { fileNameText } from '../words/plainText';
import { gitIgnored } from './gitIgnored';
import { ToolError } from './toolError';
import { shownPath } from './workspaceFiles';
import type { WorkspaceFile } from './workspaceFiles';

/**
 * Asks the user before a model sends what looks like keys or passwords, or what git (maybe) ignores: in a box of
 * its own, for whoever always allows a tool has not seen these files.
 * @throws ToolError when the user does not want it; `signal.reason` on cancel
 */
export async function assertNoUnwantedSecrets(
  files: readonly WorkspaceFile[],
  signal: AbortSignal,
): Promise<void> {
  const patterns = userSetting('upload.askBefore', isStringList);
  const ignored = await gitIgnored(
    files.map(({ uri }) => uri),
    signal,
  );
  const secrets = files.filter(
    ({ names, uri }) =>
      ignored.has(uri) || names.some(name => matchesAny(name, patterns) || isToolFolder(name)),
  );
  if (secrets.length === 0) {
    return;
  }
  const send = vscode.l10n.t('Send Anyway');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('A language model wants to send files to Pyrus that may hold passwords or keys.'),
    {
      modal: true,
      detail: [
        ...secrets.map(({ uri }) => fileNameText(shownPath(uri), 120)),
        '',
        vscode.l10n.t('Their names say so, or git ignores them or cannot tell.'),
      ].join('\n'),
    },
    send,
  );
  if (answer !== send) {
    const paths = secrets.map(({ path }) => path).join(', ');
    throw new ToolError(
      `The user does not want these files sent, which may hold passwords or keys: ${paths}. Do not try again; nothing was sent.`,
    );
  }
}

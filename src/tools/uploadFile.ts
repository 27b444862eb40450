import * as vscode from 'vscode';
import { plural } from '../words/numbers';
import { leftByUser, wordsFor } from './forModel';
import { Input } from './input';
import { asked, fileRow } from './question';
import { assertNoUnwantedSecrets } from './secrets';
import type { AccountTool, SentItem, ToolServices, UploadResult } from './services';
import { ToolError } from './toolError';
import { workspaceFiles } from './workspaceFiles';
import type { WorkspaceFile } from './workspaceFiles';

/** `pyrus_upload_file`: files of the workspace become GUIDs, verified. */
export function uploadFile({ transfers }: ToolServices): AccountTool {
  return {
    prepare: async (account, input) => {
      const files = await workspaceFiles(new Input(input).paths('paths'));
      return asked({
        title: titleFor(files.length),
        rows: files.map(fileRow),
        notes: [],
        account,
        running: vscode.l10n.t('Uploading to Pyrus'),
      });
    },
    invoke: async (account, input, signal) => {
      const files = await workspaceFiles(new Input(input).paths('paths'));
      await assertNoUnwantedSecrets(files, signal);
      const uris = files.map(({ uri }) => uri);
      const result = await transfers.upload(account, uris, signal);
      return { account: account.label, ...answerFor(result, files) };
    },
  };
}

/** @throws ToolError when nothing was uploaded */
function answerFor(result: UploadResult | undefined, files: readonly WorkspaceFile[]): object {
  const paths = new Map(files.map(({ uri, path }) => [uri.toString(), path]));
  const pathOf = ({ file: { uri } }: SentItem): string => paths.get(String(uri)) ?? '';
  const { done = [], failed: failures = [], cancelled = true } = result ?? {};
  const uploaded = done.map(({ item, value }) => ({
    path: pathOf(item),
    name: item.name,
    ...value,
  }));
  const failed = failures.map(({ item, error }) => ({
    path: pathOf(item),
    error: wordsFor(error),
  }));
  if (uploaded.length === 0) {
    throw cancelled ? leftByUser() : nothing(failed);
  }
  return {
    uploaded,
    ...(failed.length > 0 ? { failed } : {}),
    ...(cancelled ? { cancelled } : {}),
  };
}

function nothing(failed: readonly { readonly path: string; readonly error: string }[]): ToolError {
  const reasons = failed.map(({ path, error }) => `${path}: ${error}`).join(' ');
  return new ToolError(`Nothing was uploaded. ${reasons}`);
}

function titleFor(count: number): string {
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Upload {0} file to Pyrus?',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Upload {0} files to Pyrus?',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Upload {0} files to Pyrus?',
        args: [count],
        comment: ['many'],
      }),
  });
}

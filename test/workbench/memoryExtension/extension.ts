import * as vscode from 'vscode';
import { MemoryFiles } from '../../extension/memoryFiles';

const SEED: Readonly<Record<string, string>> = {
  '/shared/план.txt': 'the plan',
  '/shared/acts/one.txt': 'first act',
  '/shared/acts/two.txt': 'second act',
  '/shared/inbox/test.txt': 'mine',
  '/archive/old.txt': 'long ago',
};

/** Serves the same files twice: under `memory:`, and under `sealed:`, where nothing can be written. */
export function activate({ subscriptions }: vscode.ExtensionContext): void {
  for (const scheme of ['memory', 'sealed']) {
    const isReadonly = scheme === 'sealed';
    const provider = vscode.workspace.registerFileSystemProvider(scheme, seeded(scheme), {
      isReadonly,
    });
    subscriptions.push(provider);
  }
}

function seeded(scheme: string): MemoryFiles {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(SEED)) {
    const folders = path.split('/').slice(1, -1);
    folders.forEach((_, at) =>
      files.createDirectory(
        vscode.Uri.from({ scheme, path: `/${folders.slice(0, at + 1).join('/')}` }),
      ),
    );
    const uri = vscode.Uri.from({ scheme, path });
    files.writeFile(uri, Buffer.from(content), { create: true, overwrite: true });
  }
  return files;
}

import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { bundleForHost } from '../../host/hostBundle';
import { projectFolder } from '../../host/project';

/** Puts the extension that serves files from memory among those of an editor that is yet to start. */
export async function placeMemoryExtension(extensionsDir: string): Promise<void> {
  const folder = path.join(extensionsDir, 'test.memory-files-0.0.1');
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: 'memory-files',
    publisher: 'test',
    version: '0.0.1',
    engines: { vscode: '^1.99.0' },
    main: './extension.js',
    activationEvents: ['onFileSystem:memory', 'onFileSystem:sealed'],
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await bundleForHost(
    path.join(projectFolder, 'test/workbench/memoryExtension/extension.ts'),
    path.join(folder, 'extension.js'),
  );
}

import * as path from 'node:path';

/** The project's own folder, seen from the compiled files in `out/test/host`. */
export const projectFolder = path.resolve(__dirname, '../../..');

/** What is brought once and reused: editors, Node, a browser, fonts. Ignored by git. */
export const cacheFolder = path.join(projectFolder, '.vscode-test');

/** The packed extension, as `npm run package` leaves it. */
export const packedExtension = path.join(projectFolder, 'dist', 'pyrus-attachments.vsix');

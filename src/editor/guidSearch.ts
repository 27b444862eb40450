import { realpath } from 'node:fs/promises';
import { CancellationError, workspace } from 'vscode';
import type { TextDocument, Uri } from 'vscode';
import { runBatch } from '../transfer/batch';
import { FixedLanes } from '../transfer/lanes';
import { isMisread, mayHold } from './guidBytes';
import { placesOf } from './guidInDocument';
import { editableText, openTexts, textOf } from './openTexts';
import type { OpenText } from './openTexts';
import { workspaceFiles } from './workspaceFiles';

/** What holds a GUID. */
export interface GuidFound {
  readonly texts: readonly OpenText[];
  /** Files that hold it, too, but that cannot be changed without harm, or that lie elsewhere. */
  readonly leftOut: readonly Uri[];
}

export interface SearchOptions {
  /** Whether a file lies in the workspace also when all links are followed. */
  readonly isInside: (file: Uri) => Promise<boolean>;
  /** Told of files that could not be read. */
  readonly onError: (error: unknown) => void;
  readonly onProgress: (index: number, count: number) => void;
  readonly signal: AbortSignal;
}

/** Larger files are data, not code. */
const LARGEST_FILE = 5 * 1024 * 1024;
/** Files read at a time. */
const CONCURRENCY = 16;

/** The file of a document, if it holds the GUID. */
export function guidInFile(guid: string, document: TextDocument | undefined): GuidFound {
  const own = document && editableText(document);
  return { texts: own === undefined ? [] : holders(guid, [own]), leftOut: [] };
}

/**
 * What holds a GUID: the file of the document given, wherever that is, untitled documents, and the
 * files of the workspace. What is open is taken as it stands in the editor, saved or not.
 * @throws when cancelled: `signal.reason`, or a CancellationError
 */
export async function guidInWorkspace(
  guid: string,
  document: TextDocument | undefined,
  options: SearchOptions,
): Promise<GuidFound> {
  const open = openTexts();
  const own = document && editableText(document);
  const pointedAt = [
    ...(own === undefined ? [] : [own]),
    ...[...open.values()].filter(({ uri }) => uri.scheme === 'untitled'),
  ];
  const files = await workspaceFiles(options.signal);
  const found = await inFiles(guid, files, open, options);
  return withoutStrangers(holders(guid, pointedAt), found, options);
}

/** Texts to change, and files that hold the GUID but could not be opened as the text they are. */
async function inFiles(
  guid: string,
  files: readonly Uri[],
  open: ReadonlyMap<string, OpenText>,
  { onError, onProgress, signal }: SearchOptions,
): Promise<GuidFound> {
  const { done, failed, cancelled } = await runBatch({
    items: files.map(uri => ({ name: uri.path, uri })),
    run: async ({ uri }) => open.get(uri.toString()) ?? (await onDisk(guid, uri)),
    isFatal: () => false,
    onProgress: ({ index, count }) => onProgress(index, count),
    signal,
    lanes: new FixedLanes(CONCURRENCY),
  });
  if (cancelled) {
    throw new CancellationError();
  }
  failed.forEach(({ error }) => onError(error));
  return {
    texts: holders(
      guid,
      done.flatMap(({ value }) => (value === undefined || value === 'unfit' ? [] : value)),
    ),
    leftOut: done.flatMap(({ item, value }) => (value === 'unfit' ? item.uri : [])),
  };
}

/** @returns `unfit` for what may hold the GUID, but is no text, or in another encoding */
async function onDisk(guid: string, uri: Uri): Promise<OpenText | 'unfit' | undefined> {
  if ((await workspace.fs.stat(uri)).size > LARGEST_FILE) {
    return undefined;
  }
  const bytes = await workspace.fs.readFile(uri);
  if (!mayHold(guid, bytes)) {
    return undefined;
  }
  try {
    const document = await workspace.openTextDocument(uri);
    return isMisread(document.getText(), bytes) ? 'unfit' : textOf(document);
  } catch {
    // VS Code opens nothing binary.
    return 'unfit';
  }
}

/** Each file once, whatever links lead to it, and none outside the workspace but what is `own`. */
async function withoutStrangers(
  own: readonly OpenText[],
  { texts, leftOut }: GuidFound,
  { isInside }: SearchOptions,
): Promise<GuidFound> {
  const kept = new Map<string, OpenText>();
  for (const text of own) {
    kept.set(await realFile(text.uri), text);
  }
  const outside: Uri[] = [];
  for (const text of texts) {
    const file = await realFile(text.uri);
    if (!kept.has(file) && (await isInside(text.uri))) {
      kept.set(file, text);
    } else if (!kept.has(file)) {
      outside.push(text.uri);
    }
  }
  return { texts: [...kept.values()], leftOut: [...leftOut, ...outside] };
}

function holders(guid: string, texts: readonly OpenText[]): OpenText[] {
  return texts.flatMap(text => {
    const documents = text.documents.filter(document => placesOf(guid, document).length > 0);
    return documents.length === 0 ? [] : { ...text, documents };
  });
}

/** What is the same for every link to a file. */
async function realFile(uri: Uri): Promise<string> {
  return uri.scheme === 'file' ? realpath(uri.fsPath).catch(() => uri.fsPath) : uri.toString();
}

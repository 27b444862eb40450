import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { Accounts } from '../../src/account/accounts';
import { MemorySecrets } from '../unit/account/memorySecrets';
import type { Scene } from './scene';
import { activateSecondInstance } from './secondInstance';
import type { Answer, SecondInstance } from './secondInstance';

/** A file as a browser hands it over: bytes, and no path. */
export class FileItem extends vscode.DataTransferItem {
  /** How often the bytes were asked for. */
  asked = 0;

  constructor(
    private readonly name: string,
    private readonly bytes: Uint8Array,
    private readonly uri?: vscode.Uri,
  ) {
    super('');
  }

  override asFile(): vscode.DataTransferFile {
    const data = (): Promise<Uint8Array> => {
      this.asked++;
      return Promise.resolve(this.bytes);
    };
    return { name: this.name, data, ...(this.uri === undefined ? {} : { uri: this.uri }) };
  }
}

/** What the Explorer hands over. */
export function uriList(...uris: readonly vscode.Uri[]): vscode.DataTransfer {
  const data = new vscode.DataTransfer();
  const list = uris.map(uri => uri.toString()).join('\r\n');
  data.set('text/uri-list', new vscode.DataTransferItem(list));
  return data;
}

/** What the clipboard hands over, by MIME type. */
export function items(all: Readonly<Record<string, vscode.DataTransferItem>>): vscode.DataTransfer {
  const data = new vscode.DataTransfer();
  Object.entries(all).forEach(([type, item]) => data.set(type, item));
  return data;
}

let documents = 0;

/**
 * A document to drop into: of a file, for an untitled one may come with the text of that which was
 * closed just before.
 */
export async function newDocument(
  scene: Scene,
  content: string,
  language = 'plaintext',
): Promise<vscode.TextDocument> {
  const uri = await scene.file(`document ${++documents}`, content);
  return vscode.languages.setTextDocumentLanguage(
    await vscode.workspace.openTextDocument(uri),
    language,
  );
}

const never = new vscode.CancellationTokenSource().token;

/**
 * An instance whose account is the scene's: what VS Code asks of it is asked by the test. End it.
 * @param onFailure presses the buttons of its messages of failure
 */
export async function signedInInstance(scene: Scene, onFailure: Answer): Promise<SecondInstance> {
  const secrets = new MemorySecrets();
  await new Accounts(secrets).signIn(scene.account);
  return activateSecondInstance(
    secrets,
    vscode.Uri.joinPath(scene.folderUri, 'storage'),
    onFailure,
  );
}

/** The edit an instance offers for a drop. */
export async function dropEdit(
  { editors }: SecondInstance,
  document: vscode.TextDocument,
  data: vscode.DataTransfer,
): Promise<vscode.DocumentDropEdit | undefined> {
  const place = new vscode.Position(0, 0);
  const answer = await editors.drop.provideDocumentDropEdits(document, place, data, never);
  const [edit, ...others] = [answer ?? []].flat();
  assert.deepEqual(others, []);
  return edit;
}

/** The edit an instance offers for a paste. */
export async function pasteEdit(
  { editors }: SecondInstance,
  document: vscode.TextDocument,
  data: vscode.DataTransfer,
  triggerKind = vscode.DocumentPasteTriggerKind.PasteAs,
): Promise<vscode.DocumentPasteEdit | undefined> {
  const context = { triggerKind, only: undefined };
  const { paste } = editors;
  const answer = await paste.provideDocumentPasteEdits?.(document, [], data, context, never);
  const [edit, ...others] = answer ?? [];
  assert.deepEqual(others, []);
  return edit;
}

/** Applies an edit as VS Code does: a snippet at every place, in one step. @returns the mark */
export async function choose(
  edit: vscode.DocumentDropEdit | vscode.DocumentPasteEdit | undefined,
  document: vscode.TextDocument,
  places: readonly vscode.Range[],
): Promise<string> {
  assert.ok(typeof edit?.insertText === 'string', 'nothing was offered');
  const mark = edit.insertText;
  const snippet = new vscode.SnippetString().appendText(mark).appendTabstop(0);
  const change = new vscode.WorkspaceEdit();
  change.set(
    document.uri,
    places.map(place => vscode.SnippetTextEdit.replace(place, snippet)),
  );
  assert.ok(await vscode.workspace.applyEdit(change));
  return mark;
}

/** Resolves when the text of a document is accepted, now or after a change. */
export async function text(
  document: vscode.TextDocument,
  accepts: (text: string) => boolean,
): Promise<string> {
  if (accepts(document.getText())) {
    return document.getText();
  }
  return new Promise(resolve => {
    const listening = vscode.workspace.onDidChangeTextDocument(change => {
      if (change.document === document && accepts(document.getText())) {
        listening.dispose();
        resolve(document.getText());
      }
    });
  });
}

import { DocumentLink, Range, Uri, l10n, languages, window, workspace } from 'vscode';
import type { Disposable, TextDocument } from 'vscode';
import { PYRUS_REPORT } from '../transfer/ownSchemes';

/** Something to do: where the text has the label behind an arrow, a click does it. */
interface Action {
  readonly label: string;
  readonly command: string;
  readonly args: readonly unknown[];
}

interface Report {
  readonly bytes: Buffer;
  readonly actions: readonly Action[];
}

/** Reports of checks, as read-only documents with links; kept until the window closes. */
export class Reports {
  readonly #reports = new Map<string, Report>();
  #linking: Disposable | undefined;

  /** Opens a report in a tab of its own; the next one takes the tab, unless it is kept. */
  async show(text: string, actions: readonly Action[]): Promise<void> {
    this.#linking ??= languages.registerDocumentLinkProvider(
      { scheme: PYRUS_REPORT },
      { provideDocumentLinks: document => this.#links(document) },
    );
    const name = `${l10n.t('Pyrus connection')}.txt`;
    const path = `/${this.#reports.size + 1}/${name}`;
    const uri = Uri.from({ scheme: PYRUS_REPORT, path });
    this.#reports.set(uri.toString(), { bytes: Buffer.from(text), actions });
    const document = await workspace.openTextDocument(uri);
    // On a word the cursor would have every other place of it marked.
    await window.showTextDocument(document, { preview: true, selection: blankLine(document) });
  }

  /** Of a window that was opened again there is nothing left to read. */
  readFile(uri: Uri): Promise<Uint8Array> {
    const gone = l10n.t('This report was of an earlier window. Check the connection again.');
    return Promise.resolve(this.#reports.get(uri.toString())?.bytes ?? Buffer.from(`${gone}\n`));
  }

  dispose(): void {
    this.#linking?.dispose();
    this.#reports.clear();
  }

  #links(document: TextDocument): DocumentLink[] {
    const text = document.getText();
    const actions = this.#reports.get(document.uri.toString())?.actions ?? [];
    const settings = [...text.matchAll(/\bhttp\.[a-zA-Z]+\b/g)].map(({ index, 0: setting }) => ({
      start: index,
      length: setting.length,
      target: commandUri('workbench.action.openSettings', [setting]),
    }));
    const todo = actions.flatMap(({ label, command, args }) => {
      const start = text.indexOf(`→ ${label}`);
      return start < 0
        ? []
        : { start: start + 2, length: label.length, target: commandUri(command, args) };
    });
    return [...settings, ...todo].map(({ start, length, target }) => {
      const range = new Range(document.positionAt(start), document.positionAt(start + length));
      return new DocumentLink(range, target);
    });
  }
}

function blankLine(document: TextDocument): Range {
  const { line, character } = document.positionAt(document.getText().indexOf('\n\n') + 1);
  return new Range(line, character, line, character);
}

function commandUri(command: string, args: readonly unknown[]): Uri {
  return Uri.from({ scheme: 'command', path: command, query: JSON.stringify(args) });
}

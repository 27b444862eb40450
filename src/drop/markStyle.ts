import * as vscode from 'vscode';
import { rangesOf } from './markRanges';

/** Shows marks as what they are: nothing of the code, and soon gone. */
export class MarkStyle implements vscode.Disposable {
  readonly #type = vscode.window.createTextEditorDecorationType({
    color: new vscode.ThemeColor('descriptionForeground'),
    fontStyle: 'italic',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });

  /** @param marks all there are, in whatever document */
  show(marks: readonly string[]): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const ranges = marks.flatMap(mark => rangesOf(mark, editor.document));
      editor.setDecorations(
        this.#type,
        ranges.map(range => ({ range, hoverMessage: vscode.l10n.t('Undo cancels the upload.') })),
      );
    }
  }

  dispose(): void {
    this.#type.dispose();
  }
}

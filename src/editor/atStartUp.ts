import { CodeActionKind, languages } from 'vscode';
import type { CancellationToken, CodeAction, Disposable, Hover, TextDocument } from 'vscode';
import { isBoolean, userSetting } from '../settings/userSetting';
import { guidAtPosition, guidsAt } from './guidInDocument';
import type { GuidInDocument } from './guidInDocument';

/** What editors ask for once there is a GUID; built at first use. */
export interface EditorFeatures {
  readonly hover: (
    document: TextDocument,
    place: GuidInDocument,
    signal: AbortSignal,
  ) => Promise<Hover | undefined>;
  readonly quickFixes: (
    document: TextDocument,
    guids: readonly string[],
    signal: AbortSignal,
  ) => Promise<CodeAction[]>;
}

/** Text of the window's own, and what is typed into its boxes. */
const NOT_DOCUMENTS = ['output', 'vscode-scm'];

/**
 * Offers to VS Code what concerns editors. Where there is no GUID, which is nearly everywhere,
 * nothing is loaded and nothing is read.
 */
export function registerAtStartUp(load: () => Promise<EditorFeatures>): Disposable[] {
  // Any language, any scheme: cells of notebooks and both sides of a comparison are documents, too.
  const everywhere = { scheme: '*' };
  return [
    languages.registerHoverProvider(everywhere, {
      provideHover: async (document, position, token) => {
        const place =
          isDocument(document) && userSetting('hover.enabled', isBoolean)
            ? guidAtPosition(document, position)
            : undefined;
        return (
          place && cancellable(token, async signal => (await load()).hover(document, place, signal))
        );
      },
    }),
    languages.registerCodeActionsProvider(
      everywhere,
      {
        provideCodeActions: async (document, range, _context, token) => {
          const guids = isDocument(document) ? guidsAt(document, range) : [];
          return guids.length === 0
            ? undefined
            : cancellable(token, async signal =>
                (await load()).quickFixes(document, guids, signal),
              );
        },
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  ];
}

function isDocument({ uri }: TextDocument): boolean {
  return !NOT_DOCUMENTS.includes(uri.scheme);
}

/** Runs with a signal made of VS Code's token. @returns undefined once that is cancelled */
async function cancellable<T>(
  token: CancellationToken,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const controller = new AbortController();
  const listening = token.onCancellationRequested(() => controller.abort());
  try {
    return await run(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) {
      return undefined;
    }
    throw error;
  } finally {
    listening.dispose();
  }
}

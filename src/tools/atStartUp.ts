import * as vscode from 'vscode';

/** Every tool of package.json. */
const NAMES = [
  'pyrus_upload_file',
  'pyrus_attach_file',
  'pyrus_list_task_files',
  'pyrus_download_file',
] as const;

/** All tools, built when a model first wants one. */
export type Tools = Readonly<Record<(typeof NAMES)[number], Tool>>;

/** What a language model may ask for; `input` is distrusted. */
export interface Tool {
  /**
   * The question to the user. It checks all that `invoke` checks, so that nobody is asked in vain.
   * @throws Error with words for the model
   */
  prepare(input: unknown, signal: AbortSignal): Promise<vscode.PreparedToolInvocation>;
  /**
   * Does it, whether somebody was asked or "Always Allow" stands for the answer.
   * @returns what the model is told, as JSON
   * @throws Error with words for the model
   */
  invoke(input: unknown, signal: AbortSignal): Promise<object>;
}

/** Offers the tools, where VS Code, or what somebody has made of it, knows of such a thing. */
export function registerTools(load: () => Promise<Tools>): vscode.Disposable[] {
  const lm = languageModels();
  const register = lm?.registerTool?.bind(lm);
  return register === undefined
    ? []
    : NAMES.map(name =>
        register(
          name,
          toolOnDemand(async () => (await load())[name]),
        ),
      );
}

/** The types know one VS Code only. */
function languageModels(): Partial<typeof vscode.lm> | undefined {
  return vscode.lm;
}

function toolOnDemand(load: () => Promise<Tool>): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: ({ input }, token) =>
      cancellable(token, async signal => (await load()).prepare(input, signal)),
    invoke: ({ input }, token) =>
      cancellable(token, async signal => {
        const answer = JSON.stringify(await (await load()).invoke(input, signal));
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer)]);
      }),
  };
}

/** Runs with a signal made of VS Code's token. @throws CancellationError once that is cancelled */
async function cancellable<T>(
  token: vscode.CancellationToken,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const listening = token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) {
    controller.abort();
  }
  try {
    return await run(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? new vscode.CancellationError() : error;
  } finally {
    listening.dispose();
  }
}

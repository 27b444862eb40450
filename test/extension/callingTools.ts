import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { extensionUnderTest } from './signedIn';

/**
 * Calls a tool as an extension with a model does. VS Code asks the user first; while a suite runs it
 * takes a yes for granted, as for whoever has chosen "Always Allow".
 * @returns the text that the model is given
 */
export async function textFrom(
  name: string,
  input: object,
  token?: vscode.CancellationToken,
): Promise<string> {
  const options = { input, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool(name, options, token);
  const [part, ...others] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  assert.deepEqual(others, []);
  return part.value;
}

/** The same, understood: what tools answer is JSON. */
export async function answerFrom(name: string, input: object): Promise<unknown> {
  return JSON.parse(await textFrom(name, input)) as unknown;
}

/** What a tool says that does not do it. */
export async function refusalFrom(name: string, input: object): Promise<string> {
  try {
    assert.fail(`${name} answered ${await textFrom(name, input)}`);
  } catch (error) {
    assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), String(error));
    return error.message;
  }
}

/** What the tools answer, each a part of it. */
interface Answer {
  readonly uploaded: readonly { readonly path: string; readonly guid: string }[];
  readonly failed: readonly object[];
  readonly files: readonly {
    readonly id: number;
    readonly name: string;
    readonly size: number;
    readonly md5: string;
  }[];
}

export function uploadedIn(answer: unknown): Answer['uploaded'] {
  return (answer as Answer).uploaded;
}

export function failedIn(answer: unknown): Answer['failed'] {
  return (answer as Answer).failed;
}

export function filesIn(answer: unknown): Answer['files'] {
  return (answer as Answer).files;
}

/** Waits until VS Code, which tells nobody when that changes, lists these tools of ours. */
export async function listed(names: readonly string[]): Promise<void> {
  const ours = (): string[] =>
    vscode.lm.tools.map(({ name }) => name).filter(name => name.startsWith('pyrus_'));
  for (let waited = 0; ours().length !== names.length && waited < 200; waited++) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.deepEqual(ours().sort(), [...names].sort());
}

/** What the manifest says of a tool. */
export interface DeclaredTool {
  readonly name: string;
  readonly modelDescription: string;
  readonly when: string;
}

export function declaredTools(): readonly DeclaredTool[] {
  const { contributes } = extensionUnderTest().packageJSON as {
    readonly contributes: { readonly languageModelTools: readonly DeclaredTool[] };
  };
  return contributes.languageModelTools;
}

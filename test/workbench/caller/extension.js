const { readFile, rename, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const vscode = require('vscode');

/** Reads a call, makes it, and writes down how it ended; see ../calling.ts. */
async function call() {
  const folder = process.env.PYRUS_TEST_CALLS;
  const { tool, command, input, args } = JSON.parse(
    await readFile(join(folder, 'call.json'), 'utf8'),
  );
  const outcome = await (tool === undefined ? run(command, args) : invoke(tool, input)).then(
    answer => ({ answer }),
    error => ({ error: error.message }),
  );
  // In one step: who waits for it reads all of it.
  await writeFile(join(folder, 'writing.json'), JSON.stringify(outcome));
  await rename(join(folder, 'writing.json'), join(folder, 'outcome.json'));
}

async function invoke(tool, input) {
  const result = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
  return result.content.map(part => part.value).join('');
}

async function run(command, args) {
  return vscode.commands.executeCommand(command, ...args.map(revived));
}

function revived(value) {
  if (Array.isArray(value)) {
    return value.map(revived);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, revived(own)]));
  }
  return typeof value === 'string' && value.startsWith('file:') ? vscode.Uri.parse(value) : value;
}

module.exports = {
  activate: context =>
    context.subscriptions.push(vscode.commands.registerCommand('caller.call', call)),
};

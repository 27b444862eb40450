import { attachFile } from './attachFile';
import type { Tool, Tools } from './atStartUp';
import { downloadFile } from './downloadFile';
import { accountFor, inWords } from './forModel';
import { listTaskFiles } from './listTaskFiles';
import type { AccountTool, ToolServices } from './services';
import { ToolError } from './toolError';
import { uploadFile } from './uploadFile';

/** Questions that nobody has answered are forgotten when there are so many. */
const MOST_QUESTIONS = 100;

export function createTools(services: ToolServices): Tools {
  const ready = (tool: AccountTool): Tool => forAccountShown(services, tool);
  return {
    pyrus_upload_file: ready(uploadFile(services)),
    pyrus_attach_file: ready(attachFile(services)),
    pyrus_list_task_files: ready(listTaskFiles(services)),
    pyrus_download_file: ready(downloadFile(services)),
  };
}

/** A tool that runs as the account which the question has named, or not at all. */
function forAccountShown(services: ToolServices, tool: AccountTool): Tool {
  const shown = new Map<string, string>();
  return {
    prepare: (input, signal) =>
      inWords(services, signal, async () => {
        const account = await accountFor(services);
        const question = await tool.prepare(account, input, signal);
        if (shown.size >= MOST_QUESTIONS) {
          shown.clear();
        }
        shown.set(keyOf(input), account.id);
        return question;
      }),
    invoke: (input, signal) =>
      inWords(services, signal, async () => {
        const account = await accountFor(services);
        const asked = shown.get(keyOf(input)) ?? account.id;
        shown.delete(keyOf(input));
        if (asked !== account.id) {
          throw new ToolError(
            'The user has switched to another Pyrus account since they were asked. Call this tool again.',
          );
        }
        return tool.invoke(account, input, signal);
      }),
  };
}

function keyOf(input: unknown): string {
  return JSON.stringify(input ?? null);
}

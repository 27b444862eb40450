import { join } from 'node:path';
import type { Disposable, Extension, LogOutputChannel, Memento, Uri } from 'vscode';
import type { Account, Accounts } from './account/accounts';
import { AccountGrants } from './account/grants';
import { COMMANDS } from './commands/all';
import { logFailure, runCommand } from './commands/command';
import { RecentTasks } from './commands/recentTasks';
import type { Services } from './commands/services';
import { warnOfStorageTrouble } from './commands/storageTrouble';
import { uploadDropped } from './commands/uploadDropped';
import { uploadInPlace } from './commands/uploadInPlace';
import type { EditorFeatures } from './editor/atStartUp';
import type { UserFormats } from './editor/format';
import { FileStates } from './editor/fileStates';
import { guidAtCursor } from './editor/guidInDocument';
import { InsertionIntoCode } from './editor/insertionIntoCode';
import type { DropFeatures } from './drop/dropAndPaste';
import { UploadHistory } from './history/uploadHistory';
import { PyrusClient } from './pyrus/client';
import { Exchange } from './pyrus/exchange';
import { send } from './pyrus/http';
import { probe } from './pyrus/probe';
import { RateGate } from './pyrus/rateLimit';
import { logged } from './pyrus/requestLog';
import { RetryBudget } from './pyrus/retry';
import { Session } from './pyrus/session';
import { isBoolean, isWholeNumber, userSetting } from './settings/userSetting';
import type { Tools } from './tools/atStartUp';
import { isInsideWorkspace } from './transfer/insideWorkspace';
import { md5Worker } from './transfer/md5';
import { PartsOnDisk } from './transfer/partJournal';
import { RunningTransfers } from './transfer/runningTransfers';
import type { UploadsView } from './views/atStartUp';
import { PyrusFiles } from './views/pyrusFiles';
import { Reports } from './views/reports';
import { UploadsTree } from './views/uploadsTree';
import { failureText } from './words/failures';

/** What stands from start-up on. */
export interface AlwaysThere {
  readonly accounts: Accounts;
  readonly log: LogOutputChannel;
  readonly extension: Extension<unknown>;
  /** A folder of this extension's own, on this machine's disk. */
  readonly storage: Uri;
  /** Survives the window, on this machine. */
  readonly state: Memento;
  /** The rows that are selected in the uploads view. */
  readonly selectedUploads: () => readonly unknown[];
  /** The same for the workspace that is open. */
  readonly workspaceState: Memento;
}

/** What start-up leaves to the first use. */
export interface OnFirstUse extends DropFeatures {
  /** For the Accounts menu. */
  readonly signIn: (again?: Account) => Promise<Account | undefined>;
  /** Runs a command of the manifest. @returns what it answers other extensions */
  readonly run: (id: string, args: readonly unknown[]) => Promise<unknown>;
  readonly editor: EditorFeatures;
  readonly uploadsView: UploadsView;
  readonly pyrusFiles: PyrusFiles;
  readonly reports: Reports;
  /** What language models may ask for. */
  readonly tools: () => Promise<Tools>;
  /** Cancels whatever runs, and resolves when it has tidied up. */
  readonly close: () => Promise<void>;
}

/** The other half of the composition root: built when the first command is used. */
export function build({
  accounts,
  log,
  extension,
  storage,
  state,
  workspaceState,
  selectedUploads,
}: AlwaysThere): OnFirstUse {
  const disposables: Disposable[] = [];
  const disposedLater = <T extends Disposable>(disposable: T): T => {
    disposables.push(disposable);
    return disposable;
  };
  const sendLogged = logged(send, line => log.info(line));
  // Pyrus limits each user's calls, so each account has a gate of its own.
  const newExchange = (): Exchange => new Exchange(sendLogged, new RateGate());
  const transfers = new RunningTransfers();
  const onError = (error: unknown): void => log.warn(String(error));
  const parts = new PartsOnDisk(join(storage.fsPath, 'parts'), onError);
  const history = new UploadHistory(join(storage.fsPath, 'history'), {
    limit: () => userSetting('history.limit', isWholeNumber),
    isRecording: () => userSetting('history.record', isBoolean),
    onError,
  });
  disposedLater(warnOfStorageTrouble(accounts));
  const budget = new RetryBudget();
  const clients = new Map<string, PyrusClient>();
  const clientOf = ({ id }: Account): PyrusClient => {
    const known = clients.get(id);
    if (known !== undefined) {
      return known;
    }
    const exchange = newExchange();
    const session = new Session(new AccountGrants(accounts, exchange, id), transfers.signal);
    const client = new PyrusClient(session, exchange, budget);
    clients.set(id, client);
    return client;
  };
  const templates = once(async () => {
    const { TemplateSetting } = await import('./editor/templateSetting.js');
    return new TemplateSetting(log, onError);
  });
  const users: UserFormats = async () => (await templates()).formats();
  const placeholders = once(async () => {
    const { Placeholders } = await import('./drop/placeholders.js');
    return disposedLater(new Placeholders({ users, state: workspaceState, onError }));
  });
  const pyrusFiles = disposedLater(
    new PyrusFiles(async file => {
      const { fetchAgain } = await import('./commands/pyrusFile.js');
      return fetchAgain({ accounts, clientOf }, file, transfers.signal);
    }, failureText),
  );
  const reports = disposedLater(new Reports());
  const services: Services = {
    accounts,
    log,
    history,
    recentTasks: new RecentTasks(state),
    selectedUploads,
    clientOf,
    transfers,
    parts,
    signIn: async again => {
      const { signIn } = await import('./account/signIn.js');
      return signIn({ accounts, exchange: newExchange(), explain: failureText }, again);
    },
    guidsInCode: {
      atCursor: guidAtCursor,
      replace: async replacement => {
        const { replaceInDocuments } = await import('./editor/replaceGuid.js');
        return replaceInDocuments(replacement, { isInside: isInsideWorkspace, onError });
      },
    },
    insertion: new InsertionIntoCode(users),
    state,
    pyrusDocuments: pyrusFiles,
    reports,
    probe: (url, signal) => probe(sendLogged, url, signal),
    extension,
  };
  const known = { history, accounts, fileStates: new FileStates() };
  const tree = disposedLater(new UploadsTree(history));
  // In the background: nobody waits for what an earlier window left behind.
  void parts.sweep();
  const run = (id: string, args: readonly unknown[]): Promise<unknown> =>
    runCommand(
      services,
      id,
      async () => COMMANDS[id]?.(services, args),
      () => run(id, args),
    );
  return {
    signIn: services.signIn,
    run,
    editor: {
      hover: async (...where) => (await import('./editor/hover.js')).hoverOf(known, ...where),
      quickFixes: async (...where) =>
        (await import('./editor/quickFix.js')).quickFixesFor(known, ...where),
    },
    uploadsView: {
      tree,
      upload: async what => {
        await runCommand(services, 'pyrus.upload', async () => uploadDropped(services, await what));
      },
    },
    fulfil: async ({ mark, dropped }, document) => {
      const place = (await placeholders()).open(mark, document);
      if (place !== undefined) {
        await runCommand(services, 'drop', () => uploadInPlace(services, dropped, place));
      }
    },
    tidyUp: async () => (await placeholders()).tidyUp(),
    pyrusFiles,
    reports,
    tools: once(async () => {
      const [{ createTools }, { unattended }] = await Promise.all([
        import('./tools/tools.js'),
        import('./commands/unattended.js'),
      ]);
      return createTools({
        accounts,
        clientOf,
        history,
        transfers: unattended(services),
        onFailure: error => logFailure(log, 'tool', error),
      });
    }),
    close: async () => {
      disposables.forEach(disposable => void disposable.dispose());
      history.close();
      await transfers.end();
      await md5Worker.end();
    },
  };
}

/** Loads what is not needed at first, when it is, and once. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}

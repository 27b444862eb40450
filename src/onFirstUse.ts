import { join } from 'node:path';
import type { Extension, LogOutputChannel, Memento, TextDocument, Uri } from 'vscode';
import type { Account, Accounts } from './account/accounts';
import { AccountGrants } from './account/grants';
import { signIn } from './account/signIn';
import { attach } from './commands/attach';
import { checkConnection } from './commands/checkConnection';
import { logFailure, runCommand } from './commands/command';
import { compareUpload } from './commands/compareUpload';
import { download, downloadFromTask } from './commands/download';
import { clearUploads, forgetUploads } from './commands/forgetUploads';
import { insertGuid } from './commands/insertGuid';
import { fetchAgain } from './commands/pyrusFile';
import { compareWithPyrus, openPyrusFile } from './commands/openPyrusFile';
import { openUploadTask } from './commands/openUploadTask';
import { RecentTasks } from './commands/recentTasks';
import { replaceGuid } from './commands/replaceGuid';
import type { Services } from './commands/services';
import { signInCommand, signOutCommand } from './commands/signIn';
import { warnOfStorageTrouble } from './commands/storageTrouble';
import { switchAccount } from './commands/switchAccount';
import { unattended } from './commands/unattended';
import { upload } from './commands/upload';
import { copyUpload, copyUploadAs, insertUpload, revealUpload } from './commands/uploadActions';
import { uploadAgain } from './commands/uploadAgain';
import { uploadChosen } from './commands/uploadChosen';
import { uploadDropped } from './commands/uploadDropped';
import { uploadAndInsert } from './commands/uploadAndInsert';
import { uploadInPlace } from './commands/uploadInPlace';
import type { EditorFeatures } from './editor/atStartUp';
import { FileStates } from './editor/fileStates';
import { guidAtCursor } from './editor/guidInDocument';
import { hoverOf } from './editor/hover';
import { InsertionIntoCode } from './editor/insertionIntoCode';
import { quickFixesFor } from './editor/quickFix';
import { replaceInDocuments } from './editor/replaceGuid';
import { TemplateSetting } from './editor/templateSetting';
import { LeftMarks } from './drop/leftMarks';
import type { Offer } from './drop/offers';
import { Placeholders } from './drop/placeholders';
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
import { createTools } from './tools/tools';
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

/** The commands that need the rest, by id; `signIn` also for the Accounts menu. */
export interface OnFirstUse {
  readonly signIn: (again?: Account) => Promise<Account | undefined>;
  readonly commands: Readonly<Record<string, (args: readonly unknown[]) => Promise<unknown>>>;
  readonly editor: EditorFeatures;
  readonly uploadsView: UploadsView;
  /** Uploads what was dropped or pasted and puts it where its mark is. */
  readonly fulfil: (offer: Offer, document: TextDocument) => Promise<void>;
  /** Takes the marks out of documents that an earlier window has left there. */
  readonly tidyUp: () => Promise<void>;
  readonly pyrusFiles: PyrusFiles;
  readonly reports: Reports;
  /** What language models may ask for. */
  readonly tools: Tools;
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
  const warning = warnOfStorageTrouble(accounts);
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
  const templates = new TemplateSetting(log, onError);
  const placeholders = new Placeholders({
    users: templates.formats,
    left: new LeftMarks(workspaceState),
    onError,
  });
  const pyrusFiles = new PyrusFiles(
    file => fetchAgain({ accounts, clientOf }, file, transfers.signal),
    failureText,
  );
  const reports = new Reports();
  const services: Services = {
    accounts,
    log,
    history,
    recentTasks: new RecentTasks(state),
    selectedUploads,
    clientOf,
    transfers,
    parts,
    signIn: again => signIn({ accounts, exchange: newExchange(), explain: failureText }, again),
    guidsInCode: {
      atCursor: guidAtCursor,
      replace: replacement =>
        replaceInDocuments(replacement, { isInside: isInsideWorkspace, onError }),
    },
    insertion: new InsertionIntoCode(templates.formats),
    state,
    pyrusDocuments: pyrusFiles,
    reports,
    probe: (url, signal) => probe(sendLogged, url, signal),
    extension,
  };
  const known = { history, accounts, fileStates: new FileStates() };
  const tree = new UploadsTree(history);
  // In the background: nobody waits for what an earlier window left behind.
  void parts.sweep();
  const command =
    (id: string, run: (services: Services, args: readonly unknown[]) => Promise<unknown>) =>
    (args: readonly unknown[]) =>
      runCommand(services, id, () => run(services, args));
  return {
    signIn: services.signIn,
    commands: {
      'pyrus.upload': command('pyrus.upload', upload),
      'pyrus.attach': command('pyrus.attach', attach),
      'pyrus.uploads.upload': command('pyrus.uploads.upload', uploadChosen),
      'pyrus.uploads.copy': command('pyrus.uploads.copy', copyUpload),
      'pyrus.uploads.copyAs': command('pyrus.uploads.copyAs', copyUploadAs),
      'pyrus.uploads.insert': command('pyrus.uploads.insert', insertUpload),
      'pyrus.uploads.uploadAgain': command('pyrus.uploads.uploadAgain', uploadAgain),
      'pyrus.uploads.compare': command('pyrus.uploads.compare', compareUpload),
      'pyrus.uploads.reveal': command('pyrus.uploads.reveal', revealUpload),
      'pyrus.uploads.openTask': command('pyrus.uploads.openTask', openUploadTask),
      'pyrus.uploads.forget': command('pyrus.uploads.forget', forgetUploads),
      'pyrus.uploads.clear': command('pyrus.uploads.clear', clearUploads),
      'pyrus.uploadAndInsert': command('pyrus.uploadAndInsert', uploadAndInsert),
      'pyrus.insertGuid': command('pyrus.insertGuid', insertGuid),
      'pyrus.download': command('pyrus.download', download),
      'pyrus.downloadFromTask': command('pyrus.downloadFromTask', downloadFromTask),
      'pyrus.openFile': command('pyrus.openFile', openPyrusFile),
      'pyrus.compare': command('pyrus.compare', compareWithPyrus),
      'pyrus.checkConnection': command('pyrus.checkConnection', checkConnection),
      'pyrus.signIn': command('pyrus.signIn', signInCommand),
      'pyrus.switchAccount': command('pyrus.switchAccount', switchAccount),
      'pyrus.signOut': command('pyrus.signOut', signOutCommand),
      'pyrus.replaceGuid': command('pyrus.replaceGuid', replaceGuid),
    },
    editor: {
      hover: (...where) => hoverOf(known, ...where),
      quickFixes: (...where) => quickFixesFor(known, ...where),
    },
    uploadsView: {
      tree,
      upload: async what => {
        await runCommand(services, 'pyrus.upload', async () => uploadDropped(services, await what));
      },
    },
    fulfil: async ({ mark, dropped }, document) => {
      const place = placeholders.open(mark, document);
      if (place !== undefined) {
        await runCommand(services, 'drop', () => uploadInPlace(services, dropped, place));
      }
    },
    tidyUp: () => placeholders.tidyUp(),
    pyrusFiles,
    reports,
    tools: createTools({
      accounts,
      clientOf,
      history,
      transfers: unattended(services),
      onFailure: error => logFailure(log, 'tool', error),
    }),
    close: async () => {
      placeholders.dispose();
      pyrusFiles.dispose();
      reports.dispose();
      warning.dispose();
      tree.dispose();
      history.close();
      await transfers.end();
      await md5Worker.end();
    },
  };
}

import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../host/browser';
import { editorVersions, type EditorVersion, isEditorVersion } from '../host/editor';
import { projectFolder } from '../host/project';
import { quietSettings } from '../host/quietSettings';
import {
  type EditorOptions,
  type EditorServer,
  installExtension,
  startEditor,
} from '../host/server';
import { canaryIn } from '../pyrus-server/canary';
import { assertNoCanaryBelow } from '../pyrus-server/canaryFiles';
import { EditorPane } from './editorPane';
import { Explorer } from './explorer';
import { placeMemoryExtension } from './memoryExtension/place';
import { Dialog, Notifications } from './notifications';
import { Palette } from './palette';
import { QuickInput } from './quickInput';
import { assertNoCanaryShown, watchForCanaries } from './shownCanaries';

export { packedExtension } from '../host/project';

export interface WorkbenchOptions {
  /** The version of the run when left out. */
  readonly version?: EditorVersion;
  /** The packed extension to install; none when left out. */
  readonly vsix?: string;
  /** Another extension, packed. */
  readonly otherVsix?: string;
  /** Opened as it is; a fresh copy of the sample when left out. */
  readonly workspaceFolder?: string;
  /** Opened in place of the folder: a `.code-workspace` file with several. */
  readonly workspaceFile?: string;
  /** Opens no folder at all; `workspaceFolder` is then just a place with files. */
  readonly emptyWindow?: boolean;
  readonly locale?: 'ru';
  /** False leaves the workspace untrusted: Restricted Mode. */
  readonly trust?: boolean;
  /** The name of a theme, such as `Default Light Modern`. */
  readonly colorTheme?: string;
  /** Settings of the user, application-scoped ones too. */
  readonly settings?: EditorOptions['settings'];
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Also installs what serves files from memory, under `memory:` and, read-only, `sealed:`. */
  readonly memoryFiles?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Pixels of a picture for one of the page. */
  readonly deviceScaleFactor?: number;
}

/**
 * A file that opens late would take the selection in the Explorer; and the scenarios upload the same
 * sample again and again.
 */
const STEADY = { 'explorer.autoReveal': false, 'pyrus.upload.sameBytes': 'upload' };

const DEFAULT_VIEWPORT = { width: 1280, height: 800 };

const openOnes = new Set<Workbench>();

/** Every workbench that is open now, for a picture of what went wrong. */
export function openWorkbenches(): readonly Workbench[] {
  return [...openOnes];
}

/** The version this run is about, as test/workbench/run.ts says it; the newest when run by hand. */
export function versionUnderTest(): EditorVersion {
  const version = process.env['PYRUS_TEST_EDITOR'] ?? editorVersions[editorVersions.length - 1];
  if (version === undefined || !isEditorVersion(version)) {
    throw new Error(`PYRUS_TEST_EDITOR: not a version of VS Code we test on: ${version}`);
  }
  return version;
}

/** What a person would paste. */
export class Clipboard {
  constructor(private readonly page: Page) {}

  async read(): Promise<string> {
    return await this.page.evaluate(() => navigator.clipboard.readText());
  }

  async write(text: string): Promise<void> {
    await this.page.evaluate(content => navigator.clipboard.writeText(content), text);
  }
}

/** VS Code in a browser, driven as a person would. */
export class Workbench {
  readonly explorer: Explorer;
  readonly palette: Palette;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly editor: EditorPane;
  readonly clipboard: Clipboard;

  constructor(
    readonly page: Page,
    readonly version: EditorVersion,
    /** The folder that is open. */
    readonly workspaceFolder: string,
    private readonly server: EditorServer,
    private readonly end: () => Promise<void>,
  ) {
    this.explorer = new Explorer(page);
    this.quickInput = new QuickInput(page);
    this.palette = new Palette(page, this.quickInput);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
    this.editor = new EditorPane(page, this.explorer);
    this.clipboard = new Clipboard(page);
  }

  /** Waits until the palette offers a command: the extension is installed and known. */
  async ready(commandTitle: string): Promise<void> {
    await this.palette.ready(commandTitle);
  }

  async screenshot(file: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }

  /**
   * Kills the extension host and waits for the next, which the editor starts by itself (three times in
   * five minutes): extensions lose their memory without a farewell; secrets are kept.
   */
  async restartExtensionHost(): Promise<void> {
    await this.server.restartExtensionHost();
  }

  /** The output of the server, for a failure. */
  serverLog(): string {
    return this.server.log();
  }

  async dispose(): Promise<void> {
    openOnes.delete(this);
    await this.end();
  }
}

/**
 * Starts an editor of its own (own settings, own extensions, own secrets) and opens its workbench.
 * Ended by `dispose`, always.
 */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const version = options.version ?? versionUnderTest();
  const temporary = await mkdtemp(path.join(await realpath(os.tmpdir()), 'pyrus-'));
  const ends: (() => Promise<unknown>)[] = [
    () => rm(temporary, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const end = async (): Promise<void> => {
    // Every step, also after one that fails: no editor may be left running.
    const failures: unknown[] = [];
    for (const step of ends.splice(0).reverse()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  };
  try {
    const workspaceFolder = options.workspaceFolder ?? (await copySample(temporary));
    const folders = {
      userDataDir: path.join(temporary, 'user'),
      extensionsDir: path.join(temporary, 'extensions'),
    };
    if (options.memoryFiles === true) {
      await placeMemoryExtension(folders.extensionsDir);
    }
    for (const vsix of [options.vsix, options.otherVsix]) {
      if (vsix !== undefined) {
        await installExtension(vsix, version, folders);
      }
    }
    const server = await startEditor({
      ...options,
      ...folders,
      version,
      workspaceFolder,
      settings: settingsOf(options),
    });
    ends.push(
      () => assertNoCanaryBelow(temporary, ['extensions']),
      () => assertNotPrinted(server),
      server.dispose,
    );
    const browser = await launchBrowser();
    ends.push(() => browser.close());
    const page = await openPage(browser, server, options);
    ends.push(() => assertNoCanaryShown(page));
    const workbench = new Workbench(page, version, workspaceFolder, server, end);
    openOnes.add(workbench);
    return workbench;
  } catch (error) {
    await end();
    throw error;
  }
}

/** Rejects when the server or an extension host has printed a token or a key */
function assertNotPrinted(server: EditorServer): Promise<void> {
  const hit = canaryIn(server.log());
  return hit === undefined
    ? Promise.resolve()
    : Promise.reject(new Error(`a secret was printed: ${hit}`));
}

function settingsOf({ colorTheme, settings }: WorkbenchOptions): EditorOptions['settings'] {
  const theme = colorTheme === undefined ? {} : { 'workbench.colorTheme': colorTheme };
  return { ...quietSettings, ...STEADY, ...theme, ...settings };
}

async function copySample(temporary: string): Promise<string> {
  const folder = path.join(temporary, 'workspace');
  await cp(path.join(projectFolder, 'test', 'host', 'sample'), folder, { recursive: true });
  return folder;
}

async function openPage(
  browser: Browser,
  server: EditorServer,
  { viewport, deviceScaleFactor = 1, workspaceFile, emptyWindow = false }: WorkbenchOptions,
): Promise<Page> {
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
    viewport: viewport ?? DEFAULT_VIEWPORT,
    deviceScaleFactor,
  });
  context.setDefaultTimeout(30_000);
  await watchForCanaries(context);
  const page = await context.newPage();
  const workspace = workspaceFile && `workspace=${encodeURIComponent(workspaceFile)}`;
  const query = emptyWindow ? 'ew=true' : workspace;
  await page.goto(query === undefined ? server.url : `http://${server.authority}/?${query}`);
  const ready = emptyWindow ? '.statusbar-item' : '.explorer-folders-view .monaco-list-row';
  await page.locator(ready).first().waitFor();
  return page;
}

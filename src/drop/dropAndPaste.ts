import * as vscode from 'vscode';
import { isBoolean, userSetting } from '../settings/userSetting';
import { fileCount, plural } from '../words/numbers';
import { countOf, droppedFrom, transferOf } from './dropped';
import type { Dropped, Transfer } from './dropped';
import { Offers } from './offers';
import type { Offer } from './offers';
import { pastedName } from './pastedName';
import { preferenceFor } from './preference';
import { hasLeftMarks } from './shownMarks';
import { nameInMark, tag } from './uploadMark';

/** Ours among all kinds of edits, for VS Code's settings and keybindings: `pyrus.upload`. */
const KIND = vscode.DocumentDropOrPasteEditKind.Empty.append('pyrus', 'upload');

/** An edit yields to the kinds that begin one of these, so the longest are named. */
const YIELD_TO = [
  'text.plain',
  'text.updateImports.jsts',
  'text.updateLinks.markdown',
  'uri.path.absolute',
  'uri.path.relative',
  'html',
  'markdown.link.uri',
  'markdown.link.audio',
  'markdown.link.video',
  'markdown.link.image.attachment',
].map(kind => vscode.DocumentDropOrPasteEditKind.Empty.append(...kind.split('.')));

/** `files` stands for a file of any type. */
const MIME_TYPES = ['text/uri-list', 'files', 'image/*'];

/** How long VS Code is kept waiting for bytes, in milliseconds. Most are there by then. */
const PATIENCE = 250;

/** What comes of an offer that is chosen; built at first use. */
export interface DropFeatures {
  /** Uploads what was dropped or pasted and puts it where its mark is. */
  readonly fulfil: (offer: Offer, document: vscode.TextDocument) => Promise<void>;
  /** Takes the marks out of documents that an earlier window has left there. */
  readonly tidyUp: () => Promise<void>;
}

/**
 * Offers "Upload to Pyrus and Insert GUID" wherever files are dropped or pasted: the last of the
 * choices, so that whoever just drops or pastes gets what they got before. Offering sends nothing.
 * @param state of the workspace: it may tell of marks that an earlier window has left
 */
export function registerDropAndPaste(
  load: () => Promise<DropFeatures>,
  state: vscode.Memento,
  onError: (error: unknown) => void,
): readonly { dispose(): unknown }[] {
  const offers = new Offers((offer, document) => {
    load()
      .then(({ fulfil }) => fulfil(offer, document))
      .catch(onError);
  });
  if (hasLeftMarks(state)) {
    load()
      .then(({ tidyUp }) => tidyUp())
      .catch(onError);
  }
  const everywhere = { scheme: '*' };
  return [
    offers,
    vscode.languages.registerDocumentDropEditProvider(
      everywhere,
      {
        provideDocumentDropEdits: async (document, _position, data) => {
          const dropped = await droppedFiles(document, data);
          return dropped && dropEdit(offers, dropped);
        },
      },
      { dropMimeTypes: MIME_TYPES, providedDropEditKinds: [KIND] },
    ),
    vscode.languages.registerDocumentPasteEditProvider(
      everywhere,
      {
        provideDocumentPasteEdits: async (document, _ranges, data, context) => {
          const pasted = await pastedFiles(document, data, context);
          return pasted && [pasteEdit(offers, pasted)];
        },
      },
      { pasteMimeTypes: MIME_TYPES, providedPasteEditKinds: [KIND] },
    ),
  ];
}

async function droppedFiles(
  document: vscode.TextDocument,
  data: vscode.DataTransfer,
): Promise<Dropped | undefined> {
  const preference = preferenceFor('dropIntoEditor.preferences', KIND, document);
  if (!userSetting('drop.enabled', isBoolean) || preference === 'workspace') {
    return undefined;
  }
  const transfer = await transferOf(data, document);
  const dropped = droppedFrom(transfer, ({ name }) => name);
  await arrived(dropped);
  // Where VS Code offers nothing ours is the only edit, and applied unasked: so ask.
  const isChosen = transfer.isContested || preference === 'user';
  return unlessEmpty(isChosen ? dropped : { ...dropped, isPointedAt: false });
}

async function pastedFiles(
  document: vscode.TextDocument,
  data: vscode.DataTransfer,
  { triggerKind }: vscode.DocumentPasteEditContext,
): Promise<Dropped | undefined> {
  if (!userSetting('paste.enabled', isBoolean)) {
    return undefined;
  }
  const transfer = await transferOf(data, document);
  if (
    triggerKind === vscode.DocumentPasteTriggerKind.Automatic &&
    !mayBeAutomatic(transfer, document)
  ) {
    return undefined;
  }
  const now = new Date();
  const dropped = droppedFrom(transfer, ({ name, mimeType, uri }) =>
    uri === undefined ? pastedName(name, mimeType, now) : name,
  );
  await arrived(dropped);
  return unlessEmpty(dropped);
}

/**
 * Whether a plain paste may be answered. Of a list of files VS Code makes edits of paths, which come
 * first; ours is then a choice in the button that VS Code shows. Bytes and pictures have no such
 * edit, or one only in Markdown and only by default: ours might be applied unasked.
 */
function mayBeAutomatic({ uris }: Transfer, document: vscode.TextDocument): boolean {
  if (userSetting('paste.automatic', isBoolean)) {
    return true;
  }
  const preference = preferenceFor('pasteAs.preferences', KIND, document);
  return preference === undefined ? uris.length > 0 : preference === 'user';
}

/** Lets VS Code wait for bytes while that costs nothing: they are promised only during the call. */
async function arrived({ bytes }: Dropped): Promise<void> {
  if (bytes.length > 0) {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise(resolve => (timer = setTimeout(resolve, PATIENCE)));
    await Promise.race([patience, Promise.allSettled(bytes.map(held => held.bytes))]);
    clearTimeout(timer);
  }
}

function unlessEmpty(dropped: Dropped): Dropped | undefined {
  return countOf(dropped) > 0 ? dropped : undefined;
}

function dropEdit(offers: Offers, dropped: Dropped): vscode.DocumentDropEdit {
  const edit = new vscode.DocumentDropEdit(markOf(offers, dropped), titleOf(dropped), KIND);
  edit.yieldTo = YIELD_TO;
  return edit;
}

function pasteEdit(offers: Offers, pasted: Dropped): vscode.DocumentPasteEdit {
  const edit = new vscode.DocumentPasteEdit(markOf(offers, pasted), titleOf(pasted), KIND);
  edit.yieldTo = YIELD_TO;
  return edit;
}

/** What our edit inserts, and by which it is recognized. */
function markOf(offers: Offers, dropped: Dropped): string {
  const [first] = [
    ...dropped.uris.map(({ path }) => path.split('/').at(-1) ?? ''),
    ...dropped.bytes.map(({ name }) => name),
  ];
  const count = countOf(dropped);
  const label = count === 1 && first !== undefined ? nameInMark(first) : fileCount(count);
  const text = (digits: string): string => vscode.l10n.t('⟦Uploading {0}… {1}⟧', label, digits);
  const mark = text(tag(digits => offers.has(text(digits))));
  offers.add({ mark, dropped });
  return mark;
}

function titleOf(dropped: Dropped): string {
  const count = countOf(dropped);
  if (count === 1) {
    return vscode.l10n.t('Upload to Pyrus and Insert GUID');
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Upload {0} File to Pyrus and Insert GUIDs',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Upload {0} Files to Pyrus and Insert GUIDs',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Upload {0} Files to Pyrus and Insert GUIDs',
        args: [count],
        comment: ['many'],
      }),
  });
}

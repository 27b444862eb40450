import { clearUploads, forgetUploads } from './forgetUploads';
import { insertGuid } from './insertGuid';
import { openUploadTask } from './openUploadTask';
import type { Services } from './services';
import { signInCommand, signOutCommand } from './signIn';
import { switchAccount } from './switchAccount';
import { upload } from './upload';
import { copyUpload, copyUploadAs, insertUpload, revealUpload } from './uploadActions';
import { uploadAgain } from './uploadAgain';
import { uploadAndInsert } from './uploadAndInsert';
import { uploadChosen } from './uploadChosen';

/** @returns what other extensions are answered */
export type Command = (services: Services, args: readonly unknown[]) => Promise<unknown>;

/** The commands that need services, by id. What a first upload does not need is loaded when it is run. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  'pyrus.upload': upload,
  'pyrus.uploadAndInsert': uploadAndInsert,
  'pyrus.insertGuid': insertGuid,
  'pyrus.replaceGuid': later(async () => (await import('./replaceGuid.js')).replaceGuid),
  'pyrus.attach': later(async () => (await import('./attach.js')).attach),
  'pyrus.download': later(async () => (await import('./download.js')).download),
  'pyrus.downloadFromTask': later(async () => (await import('./download.js')).downloadFromTask),
  'pyrus.openFile': later(async () => (await import('./openPyrusFile.js')).openPyrusFile),
  'pyrus.compare': later(async () => (await import('./openPyrusFile.js')).compareWithPyrus),
  'pyrus.signIn': signInCommand,
  'pyrus.switchAccount': switchAccount,
  'pyrus.signOut': signOutCommand,
  'pyrus.checkConnection': later(
    async () => (await import('./checkConnection.js')).checkConnection,
  ),
  'pyrus.uploads.upload': uploadChosen,
  'pyrus.uploads.copy': copyUpload,
  'pyrus.uploads.copyAs': copyUploadAs,
  'pyrus.uploads.insert': insertUpload,
  'pyrus.uploads.uploadAgain': uploadAgain,
  'pyrus.uploads.compare': later(async () => (await import('./compareUpload.js')).compareUpload),
  'pyrus.uploads.reveal': revealUpload,
  'pyrus.uploads.openTask': openUploadTask,
  'pyrus.uploads.forget': forgetUploads,
  'pyrus.uploads.clear': clearUploads,
};

function later(load: () => Promise<Command>): Command {
  return async (services, args) => (await load())(services, args);
}

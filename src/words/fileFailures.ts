import { l10n } from 'vscode';
import { FileError } from '../transfer/errors';
import type { FileFailure } from '../transfer/errors';
import { byteSize } from './numbers';
import { plainText } from './plainText';

/** True when the same file could be saved into another folder. */
export function needsAnotherFolder(error: unknown): boolean {
  return (
    error instanceof FileError &&
    [
      'diskFull',
      'quota',
      'fileSystemLimit',
      'noPermission',
      'readOnly',
      'folderGone',
      'folderRefused',
      'nameTooLong',
    ].includes(error.failure.kind)
  );
}

/** What is wrong with a file here, and what to do about it. */
export function fileFailureText(failure: FileFailure): string {
  switch (failure.kind) {
    case 'notFound':
      return l10n.t('The file is not there any more.');
    case 'notAFile':
      return l10n.t('This is not a file that can be sent.');
    case 'empty':
      return l10n.t('The file is empty, and Pyrus takes no empty files.');
    case 'tooLarge':
      return l10n.t(
        'The file has {0}; Pyrus takes up to {1}. Split or compress it.',
        byteSize(failure.size),
        byteSize(failure.limit),
      );
    case 'tooLargeToOpen':
      return l10n.t(
        'The file has {0}; up to {1} can be opened without saving. Download it instead.',
        byteSize(failure.size),
        byteSize(failure.limit),
      );
    case 'unreadable':
      return l10n.t(
        'The file cannot be read ({0}). Check its permissions and the disk.',
        plainText(failure.code, 60),
      );
    case 'tooLargeToHold':
      return l10n.t(
        'It came without a path, so all its bytes had to be handed over: up to {1} are taken that way, and it has {0}. Save it into the workspace and upload it from there.',
        byteSize(failure.size),
        byteSize(failure.limit),
      );
    case 'notHeld':
      return l10n.t('Its bytes are no longer at hand. Drop or paste it again.');
    case 'changed':
      return l10n.t(
        'The file changed while it was being sent, so there is no GUID. Upload it again.',
      );
    case 'diskFull':
      return failure.room === undefined
        ? l10n.t('The disk is full. Free some space and try again.')
        : l10n.t(
            'Disk is full: need {0}, free {1}. Free some space or choose another folder.',
            byteSize(failure.room.need),
            byteSize(failure.room.free),
          );
    case 'quota':
      return l10n.t('Your disk quota is used up. Free some space and try again.');
    case 'fileSystemLimit':
      return l10n.t('The file is too large for this disk. Choose a folder on another one.');
    case 'noPermission':
      return l10n.t('You may not write into this folder. Choose another one.');
    case 'readOnly':
      return l10n.t('This folder is read-only. Choose another one.');
    case 'folderGone':
      return l10n.t('The folder is not there any more. Choose another one.');
    case 'folderRefused':
      return l10n.t(
        'Nothing is downloaded into this folder: programs run what lies there. Choose another one.',
      );
    case 'nameTooLong':
      return l10n.t('The path is too long for this disk. Choose a folder nearer to its root.');
    case 'busy':
      return l10n.t('Another program holds the file. Close it there and try again.');
    case 'md5Mismatch':
      return l10n.t(
        'The bytes are not those in Pyrus (MD5 differs), so nothing was saved. Try again.',
      );
    case 'sizeMismatch':
      return l10n.t(
        'The file should have {0} bytes but {1} came, so nothing was saved. Try again.',
        failure.expected,
        failure.actual,
      );
    case 'unwritable':
      return l10n.t('The file cannot be written ({0}).', plainText(failure.code, 60));
  }
}

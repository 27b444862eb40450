import { l10n } from 'vscode';
import type { FieldRefusal, PyrusFailure } from '../pyrus/errors';
import { fileNameText } from './plainText';

const kinds = [
  'taskUnknown',
  'taskForbidden',
  'taskMigrated',
  'reopenForbidden',
  'tooManyAttachments',
  'tooManyComments',
  'attachmentsForbidden',
  'commentTooLong',
  'guidSpent',
  'fieldRefused',
  'notAttached',
  'attachNotConfirmed',
] as const;

/** What can go wrong with a task or a comment on it. */
export type TaskFailure = Extract<PyrusFailure, { readonly kind: (typeof kinds)[number] }>;

export function isAboutTask(failure: PyrusFailure): failure is TaskFailure {
  return kinds.some(kind => kind === failure.kind);
}

/** What is wrong with a task or a comment on it, and what to do about it. */
export function taskFailureText(failure: TaskFailure): string {
  switch (failure.kind) {
    case 'taskUnknown':
      return l10n.t(
        'Pyrus knows no task {0}, or it is not yours to see. Check the id.',
        failure.id,
      );
    case 'taskForbidden':
      return l10n.t(
        'You have no access to task {0}. Ask someone who takes part in it to add you.',
        failure.id,
      );
    case 'taskMigrated':
      return l10n.t(
        'Task {0} has moved to another Pyrus. Sign in there and try again.',
        failure.id,
      );
    case 'reopenForbidden':
      return l10n.t('You may not reopen task {0}. Keep it closed and try again.', failure.id);
    case 'tooManyAttachments':
      return l10n.t(
        'Task {0} has as many files as Pyrus allows. Attach to another task.',
        failure.id,
      );
    case 'tooManyComments':
      return l10n.t(
        'Task {0} has as many comments as Pyrus allows. Attach to another task.',
        failure.id,
      );
    case 'attachmentsForbidden':
      return l10n.t('Task {0} takes no files. Choose another one.', failure.id);
    case 'commentTooLong':
      return l10n.t('The comment is too long for Pyrus. Shorten it and try again.');
    case 'guidSpent':
      return l10n.t(
        'Pyrus no longer takes this GUID: each attaches once and expires when it is not used. Upload the file again.',
      );
    case 'fieldRefused':
      return fieldRefusalText(failure.reason);
    case 'notAttached':
      return l10n.t(
        'Pyrus took the comment but left out {0}. Upload and attach what is missing again.',
        namesText(failure.names),
      );
    case 'attachNotConfirmed':
      return l10n.t(
        'Pyrus did not confirm the comment on task {0}. Look into the task before you try again.',
        failure.id,
      );
  }
}

function fieldRefusalText(reason: FieldRefusal): string {
  switch (reason) {
    case 'gone':
      return l10n.t(
        'The form has no such field any more. Attach to the task itself, or choose another field.',
      );
    case 'inTable':
      return l10n.t(
        'Pyrus puts no files into a table. Attach to the task itself, or choose another field.',
      );
    case 'locked':
      return l10n.t(
        'You may not change this field now. Attach to the task itself, or choose another field.',
      );
    case 'otherRequired':
      return l10n.t(
        'The form has required fields that are empty. Fill them in in Pyrus, or attach to the task itself.',
      );
  }
}

const shownNames = 3;

function namesText(names: readonly string[]): string {
  const shown = names
    .slice(0, shownNames)
    .map(name => l10n.t('“{0}”', fileNameText(name, 40)))
    .join(', ');
  const more = names.length - shownNames;
  return more > 0 ? l10n.t('{0} and {1} more', shown, more) : shown;
}

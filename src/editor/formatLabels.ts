import { l10n } from 'vscode';
import { plainText } from '../words/plainText';
import type { Format } from './format';
import type { TemplateProblem } from './userTemplates';

/** What a format is called in a pick list. */
export function formatLabel({ id, label }: Format): string {
  return label === undefined ? builtInLabel(id) : plainText(label, 80);
}

function builtInLabel(id: string): string {
  switch (id) {
    case 'guid':
      return 'GUID';
    case 'json-item':
      return l10n.t('JSON: item of attachments');
    case 'json':
      return l10n.t('JSON: body of a comment');
    case 'http':
      return l10n.t('HTTP request file');
    case 'curl':
      return 'curl';
    case 'python':
      return 'Python (pyrus-api)';
    case 'python-requests':
      return 'Python (requests)';
    case 'csharp':
      return 'C# (PyrusApiClient)';
    case 'javascript':
      return 'JavaScript, TypeScript (fetch)';
    case 'pyrus-api':
      return 'JavaScript, TypeScript (pyrus-api)';
    case 'php':
      return 'PHP';
    case 'go':
      return 'Go';
    case 'java':
      return 'Java';
    case 'bsl':
      return l10n.t('1C');
    case 'markdown':
      return 'Markdown';
    case 'text':
      return l10n.t('Text: name and GUID');
    default:
      return id;
  }
}

/** What is wrong with an entry of the setting `pyrus.insert.templates`, and where. */
export function templateProblemText({ at, kind }: TemplateProblem): string {
  const place = `pyrus.insert.templates${at === '' ? '' : `: ${plainText(at, 60)}`}`;
  switch (kind) {
    case 'notAnObject':
      return l10n.t('{0} should be an object.', place);
    case 'notAList':
      return l10n.t('{0} should be a list of templates.', place);
    case 'noLabel':
      return l10n.t('{0} has no “label”.', place);
    case 'noTemplate':
      return l10n.t('{0} has no “template”.', place);
    case 'tooLong':
      return l10n.t('{0} is too long for a template.', place);
    case 'tooMany':
      return l10n.t('{0} has too many templates; the last ones are left out.', place);
  }
}

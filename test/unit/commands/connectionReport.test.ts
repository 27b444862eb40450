import assert from 'node:assert/strict';
import { reportText } from '../../../src/commands/connectionReport';

describe('the report of a check', () => {
  it('has columns, and goes on below what is too long', () => {
    const long = Array.from({ length: 12 }, (_, at) => `word-${at}`).join(' ');
    const text = reportText('All is well\nToday', [
      {
        heading: 'ann',
        rows: [
          { mark: 'OK', label: 'Server', text: 'Answers.' },
          { mark: 'PROBLEM', label: 'Sign-in', text: long, action: 'Sign in again' },
        ],
      },
      { heading: 'Here', rows: [{ mark: '·', label: 'Language', text: 'en' }] },
    ]);
    assert.equal(
      text,
      [
        'All is well',
        'Today',
        '',
        'ann',
        '  OK       Server    Answers.',
        '  PROBLEM  Sign-in   word-0 word-1 word-2 word-3 word-4 word-5 word-6 word-7 word-8 word-9 word-10',
        '                     word-11',
        '                     → Sign in again',
        '',
        'Here',
        '  ·        Language  en',
        '',
      ].join('\n'),
    );
  });

  it('breaks no word, and has no space at the end of a line', () => {
    const address = `https://${'x'.repeat(200)}`;
    const rows = [{ mark: '', label: '', text: `before ${address} after` }];
    const text = reportText('Title', [{ heading: 'Here', rows }]);
    assert.ok(text.includes(address));
    assert.doesNotMatch(text, / \n/);
  });
});

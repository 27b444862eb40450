import assert from 'node:assert/strict';
import { takesAttachmentIds, withAttachmentIds } from '../../../src/editor/attachmentIds';
import { insertions } from '../../../src/editor/insertion';
import { withoutTabStops } from '../../../src/editor/snippetText';

const GUID = '0e7f2a1c-9f6f-4b53-8d1a-3f4f5c6b7a80';
const OTHER = '11111111-2222-4333-8444-555555555555';

/** Inserts a file that is attached as 17563 at `|`. */
function inserted(
  languageId: string,
  marked: string,
  fileIds: readonly (number | undefined)[] = [17563],
): string {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const files = [GUID, OTHER].slice(0, fileIds.length).map((guid, index) => ({
    guid,
    name: 'a.pdf',
    fileId: fileIds[index],
  }));
  const [only, ...more] = withAttachmentIds(
    insertions({ text, languageId, selections: [{ start: offset, end: offset }], files }),
    files,
    { text, languageId },
  );
  assert.ok(only);
  assert.equal(more.length, 0);
  const written = only.isSnippet ? withoutTabStops(only.text) : only.text;
  return text.slice(0, only.start) + written + text.slice(only.end);
}

describe('a file that is attached already', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['json', '{"attachments": [|]}', '{"attachments": [{ "attachment_id": 17563 }]}'],
    ['json', `{"attachments": ["|${OTHER}"]}`, '{"attachments": [{ "attachment_id": 17563 }]}'],
    [
      'json',
      `{"attachments": [{ "guid": "|${OTHER}" }]}`,
      '{"attachments": [{ "attachment_id": 17563 }]}',
    ],
    [
      'json',
      `{"attachments": [{ "guid": "${GUID}" }, |]}`,
      `{"attachments": [{ "guid": "${GUID}" }, { "attachment_id": 17563 }]}`,
    ],
    [
      'javascript',
      'call({ attachments: [|] })',
      'call({ attachments: [{ attachment_id: 17563 }] })',
    ],
    ['python', `attachments = ['${OTHER}|']`, 'attachments = [{ "attachment_id": 17563 }]'],
    [
      'php',
      "$a = ['attachments' => [|]];",
      "$a = ['attachments' => [['attachment_id' => 17563]]];",
    ],
    ['plaintext', 'see | there', 'see attachment_id 17563 there'],
  ];
  for (const [languageId, before, after] of cases) {
    it(`in ${languageId} at ${before}`, () => assert.equal(inserted(languageId, before), after));
  }

  it('is valid JSON in a file of JSON that was empty', () => {
    assert.deepEqual(JSON.parse(inserted('json', '|')), {
      attachments: [{ attachment_id: 17563 }],
    });
  });

  it('stands beside one that is not', () => {
    assert.deepEqual(JSON.parse(inserted('json', '{"attachments": [|]}', [17563, undefined])), {
      attachments: [{ attachment_id: 17563 }, { guid: OTHER }],
    });
  });

  it('is not offered where lists hold no objects of JSON', () => {
    assert.deepEqual(['json', 'python', 'csharp', 'bsl'].map(takesAttachmentIds), [
      true,
      true,
      false,
      false,
    ]);
  });
});

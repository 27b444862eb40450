import { TextDecoder } from 'node:util';

const encodedWord = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=\s*/giy;

/**
 * Decodes RFC 2047 encoded words (`=?utf-8?B?0L8=?=`), as mailers and .NET write names.
 * @returns undefined unless the whole text is encoded words in known charsets and decodes cleanly
 */
export function decodeEncodedWords(text: string): string | undefined {
  const words = wordsOf(text);
  try {
    return words?.map(({ charset, bytes }) => decoder(charset).decode(bytes)).join('');
  } catch {
    // An unknown charset, or bytes that are not in it.
    return undefined;
  }
}

interface Word {
  readonly charset: string;
  readonly bytes: Buffer;
}

function wordsOf(text: string): Word[] | undefined {
  const words: { charset: string; parts: Buffer[] }[] = [];
  let end = 0;
  encodedWord.lastIndex = 0;
  for (let match = encodedWord.exec(text); match; match = encodedWord.exec(text)) {
    const [whole, charset = '', encoding = '', content = ''] = match;
    const bytes =
      encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : unquoted(content);
    const last = words.at(-1);
    // Senders cut between bytes, also inside a character: neighbours are decoded together.
    if (last?.charset === charset.toLowerCase()) {
      last.parts.push(bytes);
    } else {
      words.push({ charset: charset.toLowerCase(), parts: [bytes] });
    }
    end += whole.length;
  }
  const complete = words.length > 0 && end === text.length;
  return complete
    ? words.map(({ charset, parts }) => ({ charset, bytes: Buffer.concat(parts) }))
    : undefined;
}

function unquoted(content: string): Buffer {
  const text = content
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

function decoder(charset: string): TextDecoder {
  return new TextDecoder(charset, { fatal: true, ignoreBOM: true });
}

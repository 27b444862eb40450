import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import * as path from 'node:path';

const INLINE_MAP = '//# sourceMappingURL=data:application/json;base64,';

/** Read once, at the first failure. */
let map: SourceMap | undefined;

/**
 * A stack with places in our sources instead of in the bundle that all this is part of. VS Code formats
 * stacks itself and leaves source maps out.
 */
export function stackInSources(stack: string): string {
  map ??= readMap();
  const places = new RegExp(`[^\\s(]*${path.basename(__filename)}:(\\d+):(\\d+)`, 'g');
  return stack.replace(places, (place, line, column) => {
    const origin = map?.findOrigin(Number(line), Number(column));
    return origin !== undefined && 'fileName' in origin
      ? `${path.resolve(__dirname, origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`
      : place;
  });
}

function readMap(): SourceMap {
  const bundle = readFileSync(__filename, 'utf8');
  const start = bundle.lastIndexOf(INLINE_MAP);
  if (start === -1) {
    throw new Error(`${__filename} was bundled without a source map`);
  }
  const encoded = bundle.slice(start + INLINE_MAP.length).trimEnd();
  const payload = JSON.parse(Buffer.from(encoded, 'base64').toString()) as SourceMapPayload;
  return new SourceMap(payload);
}

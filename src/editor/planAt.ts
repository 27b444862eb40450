import { planInCode } from './codePlan';
import { fencedCodeAt } from './fences';
import { planInJson } from './jsonPlan';
import { isJson } from './lists';
import { bare, snippetAt } from './plan';
import type { Place, Plan, Wanted } from './plan';
import { requestPartAt } from './requestFile';
import { lineAt, lineBefore, lineBehind } from './span';
import type { Span } from './span';
import { syntaxOf } from './syntax';

/** Decides what to do at a cursor, by the language of what is around it. */
export function planAt(place: Place, wanted: Wanted): Plan {
  const { languageId } = place;
  if (isJson(languageId)) {
    return languageId === 'jsonl' ? planInRecord(place, wanted) : planInJson(place, wanted);
  }
  switch (languageId) {
    case 'http':
    case 'rest':
      return planInRequestFile(place, wanted);
    case 'markdown':
      return planInMarkdown(place, wanted);
    default: {
      const syntax = syntaxOf(languageId);
      return syntax === undefined ? planInText(place, wanted) : planInCode(place, syntax, wanted);
    }
  }
}

/** In JSON Lines, of which each line is a document of its own. */
function planInRecord(place: Place, wanted: Wanted): Plan {
  const { start, end } = lineAt(place.code, place.cursor);
  const record: Place = {
    code: place.code.slice(start, end),
    languageId: place.languageId,
    cursor: place.cursor - start,
    isPart: place.isPart === true && start === 0,
    isCut: place.isCut === true && end === place.code.length,
  };
  return shifted(planInJson(record, wanted), start);
}

function planInRequestFile(place: Place, wanted: Wanted): Plan {
  const part = requestPartAt(place.code, place.cursor);
  switch (part.kind) {
    case 'between':
      return snippetAt(place);
    case 'text':
      return bare(place, wanted);
    case 'json':
      return isBehindBody(place, part.body)
        ? snippetAt(place)
        : planInPart(place, part.body, 'json', wanted);
  }
}

/** On an empty line behind a whole body, where the next request begins. */
function isBehindBody({ code, cursor }: Place, body: Span): boolean {
  const before = code.slice(body.start, cursor);
  return (
    /[}\]]\s*\n[ \t]*$/.test(before) &&
    code.slice(cursor, body.end).trim() === '' &&
    isComplete(before)
  );
}

function isComplete(json: string): boolean {
  try {
    JSON.parse(json.replace(/\{\{[^{}]*\}\}/g, '0'));
    return true;
  } catch {
    return false;
  }
}

function planInMarkdown(place: Place, wanted: Wanted): Plan {
  const { code, cursor } = place;
  const fenced = fencedCodeAt(code, cursor);
  if (fenced !== undefined) {
    return planInPart(place, fenced, fenced.languageId, wanted);
  }
  const isInCode = lineBefore(code, cursor).split('`').length % 2 === 0;
  return isInCode ? bare(place, wanted) : planInText(place, wanted);
}

/** A language we know nothing about: in quotes the GUID alone, else what the user has for it. */
function planInText(place: Place, wanted: Wanted): Plan {
  const { code, cursor } = place;
  const [before, after] = [lineBefore(code, cursor), lineBehind(code, cursor)];
  const isQuoted = ['"', "'"].some(
    quote => before.split(quote).length % 2 === 0 && after.includes(quote),
  );
  return isQuoted ? bare(place, wanted) : snippetAt(place);
}

function planInPart(place: Place, { start, end }: Span, languageId: string, wanted: Wanted): Plan {
  const code = place.code.slice(start, end);
  const isCut = place.isCut === true && end === place.code.length;
  return shifted(planAt({ code, languageId, cursor: place.cursor - start, isCut }, wanted), start);
}

function shifted(plan: Plan, by: number): Plan {
  const moved = { ...plan, start: plan.start + by, end: plan.end + by };
  if (moved.kind !== 'snippet') {
    return moved;
  }
  const { ownLines } = moved;
  return {
    ...moved,
    ownLines: { ...ownLines, start: ownLines.start + by, end: ownLines.end + by },
  };
}

/** The functions use few expressions and use them often: what was parsed is kept, by its text. */
import { textSize } from '../values/size.ts';
import { parseCondition } from './parse-condition.ts';
import { parseProjection } from './parse-projection.ts';
import { parseUpdate } from './parse-update.ts';
import { expressionError } from './problems.ts';
import type { ExpressionKind } from './syntax.ts';

/** AWS: 4 KB. */
const MAX_EXPRESSION_BYTES = 4096;
const KEPT = 1_000;

/** Each throws ValidationException for a text that is no such expression. */
export const parsedCondition = kept(parseCondition);
export const parsedUpdate = kept((_kind, text) => parseUpdate(text));
export const parsedProjection = kept((_kind, text) => parseProjection(text));

/** The least recently used leaves first. */
function kept<T>(parse: (kind: ExpressionKind, text: string) => T): (kind: ExpressionKind, text: string) => T {
  const byText = new Map<string, T>();
  return (kind, text) => {
    const known = byText.get(text);
    if (known !== undefined) {
      byText.delete(text);
      byText.set(text, known);
      return known;
    }
    checkLength(kind, text);
    const parsed = parse(kind, text);
    byText.set(text, parsed);
    if (byText.size > KEPT) byText.delete(byText.keys().next().value ?? text);
    return parsed;
  };
}

function checkLength(kind: ExpressionKind, text: string): void {
  if (text.trim() === '') throw expressionError(kind, 'The expression can not be empty;');
  const bytes = textSize(text);
  if (bytes <= MAX_EXPRESSION_BYTES) return;
  throw expressionError(kind, `Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
}

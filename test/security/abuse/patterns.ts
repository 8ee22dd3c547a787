/** Every regular expression of the product: those that stand in a source, and those that its modules make while they load. */
import { join } from 'node:path';
import { isTestCode } from '../../architecture/areas.ts';
import { ROOT, readSources, type Source } from '../../architecture/sources.ts';

export type Pattern = { readonly file: string; readonly source: string; readonly flags: string };

const SHIPPED = /^(?:config|events|functions|local|operate|policy|stacks|templates)\//;

export const shippedSources = (): Source[] =>
  readSources().filter(({ path }) => SHIPPED.test(path) && !isTestCode(path) && !path.includes('/conformance/'));

export function literalsOf({ path, nodes }: Source): Pattern[] {
  return nodes.flatMap((node) =>
    node.type === 'Literal' && 'regex' in node && node.regex !== null
      ? [{ file: path, source: node.regex.pattern, flags: node.regex.flags }]
      : [],
  );
}

/** Where a pattern is made of text: `RegExp(…)`, with or without `new`. */
export const makesPatterns = ({ nodes }: Source): boolean =>
  nodes.some(
    (node) =>
      (node.type === 'NewExpression' || node.type === 'CallExpression') &&
      node.callee.type === 'Identifier' &&
      node.callee.name === 'RegExp',
  );

/** Loads modules and answers the patterns that they, and what they import of ours, make of text on the way. */
export async function patternsMadeBy(files: readonly string[]): Promise<Pattern[]> {
  // A package answers for its own patterns: it is loaded before anything is noted.
  await import('libphonenumber-js/min');
  const made: Pattern[] = [];
  const Plain = RegExp;
  globalThis.RegExp = new Proxy(Plain, {
    construct(target, given) {
      const pattern = Reflect.construct(target, given) as RegExp;
      made.push({ file: makerOf(new Error().stack ?? ''), source: pattern.source, flags: pattern.flags });
      return pattern;
    },
  });
  try {
    for (const file of files) await import(join(ROOT, file));
  } finally {
    globalThis.RegExp = Plain;
  }
  return made;
}

/** The nearest file of ours on the stack, this one apart. */
function makerOf(stack: string): string {
  const places = stack.split('\n').filter((line) => line.includes(ROOT) && !line.includes(import.meta.filename));
  const [, place = ''] = places[0]?.split(`${ROOT}/`) ?? [];
  return place.slice(0, place.indexOf('.ts') + 3);
}

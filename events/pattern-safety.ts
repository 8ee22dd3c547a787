/** Can a text that follows this pattern be prose? Read from the pattern itself, so that no sample has to guess it. */

/** Escapes that stand for one plain character, or for digits and letters. */
const PLAIN_ESCAPES = /^[dw.\-:/+$^*?()[\]{}|\\]$/;
const PLAIN_RANGES = [/^[0-9]-[0-9]$/, /^[a-z]-[a-z]$/, /^[A-Z]-[A-Z]$/];

/** Longest string any field may allow: a vendor id (512) or a ledger key. */
export const MAX_STRING = 2000;

/**
 * Why a pattern may not stand behind a field; `undefined` when it may. It must be anchored and bounded as a whole, and
 * take letters, digits and plain marks only: no white space, no "any character", no script but ASCII.
 */
export function patternObjection({ source, flags }: RegExp): string | undefined {
  if (/[^iu]/.test(flags)) return 'has a pattern with flags that let other lines through; use none but i and u';
  const reading = read(source);
  if (reading === undefined) return 'has a pattern that free text passes; narrow it';
  const { skeleton, alternatesAtTop } = reading;
  if (!skeleton.startsWith('^') || !skeleton.endsWith('$') || alternatesAtTop)
    return 'has a pattern that is not anchored as a whole; begin with ^, end with $, put alternatives into a group';
  return isBounded(skeleton)
    ? undefined
    : `has no length limit up to ${MAX_STRING}; bound every quantifier of its pattern`;
}

/** The pattern with classes and escapes reduced to one letter; `undefined` when a character could be anything. */
function read(source: string): { skeleton: string; alternatesAtTop: boolean } | undefined {
  let skeleton = '';
  let depth = 0;
  let alternatesAtTop = false;
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '\\') {
      at += 1;
      if (!PLAIN_ESCAPES.test(source.charAt(at))) return undefined;
      skeleton += 'E';
    } else if (character === '[') {
      const end = endOfClass(source, at);
      if (!isPlainClass(source.slice(at + 1, end))) return undefined;
      skeleton += 'C';
      at = end;
    } else {
      if (character === '.' || !/^[!-~]$/.test(character)) return undefined;
      if (character === '(') depth += 1;
      if (character === ')') depth -= 1;
      if (character === '|' && depth === 0) alternatesAtTop = true;
      skeleton += character;
    }
  }
  return { skeleton, alternatesAtTop };
}

function endOfClass(source: string, start: number): number {
  let end = start + 1;
  while (end < source.length && source.charAt(end) !== ']') end += source.charAt(end) === '\\' ? 2 : 1;
  return end;
}

function isPlainClass(content: string): boolean {
  if (content.startsWith('^')) return false;
  const escapes = [...content.matchAll(/\\(.)/g)];
  if (escapes.some(([, escaped = '']) => !PLAIN_ESCAPES.test(escaped))) return false;
  const rest = content.replace(/\\./g, '');
  const ranges = rest.match(/.-./g) ?? [];
  return ranges.every((range) => PLAIN_RANGES.some((plain) => plain.test(range))) && /^[!-~]*$/.test(rest);
}

/** No `*`, `+` or `{n,}`, no repeated group, and no limit beyond `MAX_STRING`. */
function isBounded(skeleton: string): boolean {
  if (/[*+]|\{\d+,\}|\)\{/.test(skeleton)) return false;
  const limits = [...skeleton.matchAll(/\{(?:\d+,)?(\d+)\}/g)].map(([, most]) => Number(most));
  return limits.reduce((sum, limit) => sum + limit, 0) <= MAX_STRING;
}

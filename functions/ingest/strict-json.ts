/** JSON that says one thing only: two readers of it cannot disagree (platform §3.3 row 6). Pure. */

/** What is sent to us is flat; a shop's template may nest a little. */
const MAX_DEPTH = 16;
/** A byte order mark stays in the text, where JSON does not allow it. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The object, or `null` for anything else: bytes that are no UTF-8, other JSON, a key twice in one object at any depth, more
 * than 16 levels. `__proto__` is a key like any other: `JSON.parse` makes it an own property.
 */
export function strictObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const text = UTF8.decode(bytes);
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && isUnambiguous(text) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** @param text  well-formed JSON: what looks like a key is one */
function isUnambiguous(text: string): boolean {
  /** Keys of each object that is open, outermost first; `null` for a list. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') {
      if (open.push(character === '{' ? new Set() : null) > MAX_DEPTH) return false;
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const end = endOfString(text, at);
      const keys = isKey(text, end) ? open.at(-1) : null;
      // Compared as read: `\u0061` is `a`.
      const key: string = keys ? JSON.parse(text.slice(at, end + 1)) : '';
      if (keys?.has(key)) return false;
      keys?.add(key);
      at = end;
    }
  }
  return true;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return text[at] === ':';
}

/** Dotted keys as the file nests them. Pure. */

/** `{ 'a.b': 1, 'a.c': 2 }` → `{ a: { b: 1, c: 2 } }`; keys keep their order. */
export function nested(changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(changes)) {
    const path = key.split('.');
    const last = path.pop() ?? '';
    let section = whole;
    for (const part of path) {
      const known = Object.hasOwn(section, part) ? section[part] : undefined;
      const inner = typeof known === 'object' && known !== null ? (known as Record<string, unknown>) : {};
      Object.defineProperty(section, part, { value: inner, enumerable: true, configurable: true, writable: true });
      section = inner;
    }
    Object.defineProperty(section, last, { value, enumerable: true, configurable: true, writable: true });
  }
  return whole;
}

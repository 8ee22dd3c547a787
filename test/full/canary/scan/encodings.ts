/** How a text may lie in bytes: every way in which the same characters are written by something that stores or sends them. */

export type Encoded = { readonly encoding: string; readonly bytes: Buffer };

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const units = (text: string): number[] => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
const isAscii = (unit: number): boolean => unit < 128;

/** All of a text's encodings, each with bytes of its own. */
export function encodingsOf(text: string): Encoded[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const written = units(text);
  const inAscii: readonly (readonly [string, string])[] = [
    ['hex', hex],
    ['hex', hex.toUpperCase()],
    ['url', encodeURIComponent(text)],
    ['url', encodeURIComponent(text).toLowerCase()],
    ['url', percent],
    ['url', percent.toUpperCase()],
    ['json', JSON.stringify(text).slice(1, -1)],
    ['json', written.map((unit) => (isAscii(unit) ? String.fromCharCode(unit) : escaped(unit))).join('')],
    ['json', written.map(escaped).join('')],
    ['json', written.map((unit) => escaped(unit).toUpperCase().replace('U', 'u')).join('')],
    ...[0, 1, 2].flatMap((offset): [string, string][] => {
      const inner = base64Within(bytes, offset);
      const url = inner.replaceAll('+', '-').replaceAll('/', '_');
      return [
        [`base64+${offset}`, inner],
        [`base64url+${offset}`, url],
      ];
    }),
  ];
  const all: Encoded[] = [
    { encoding: 'raw', bytes },
    { encoding: 'utf-16le', bytes: Buffer.from(text, 'utf16le') },
    { encoding: 'utf-16be', bytes: utf16be(text) },
    ...inAscii.map(([encoding, form]) => ({ encoding, bytes: Buffer.from(form) })),
  ];
  const seen = new Set<string>();
  return all.filter(({ bytes: form }) => {
    const key = form.toString('latin1');
    return !seen.has(key) && seen.add(key);
  });
}

/** The characters that the bytes alone decide, where `offset` bytes of something else stand before them in their group of three. */
function base64Within(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

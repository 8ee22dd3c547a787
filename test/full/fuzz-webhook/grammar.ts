/** JSON by its grammar (RFC 8259), letter by letter: no key twice in an object, at most 16 levels. */

export type Json = null | boolean | number | string | readonly Json[] | ReadonlyMap<string, Json>;

const DEPTH = 16;
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '"': '"', '\\': '\\', '/': '/', b: '\b' },
  ...{ f: '\f', n: '\n', r: '\r', t: '\t' },
};

class NotJson extends Error {}

/** `undefined` for anything that is not exactly one such value in UTF-8. */
export function readJson(bytes: Uint8Array): Json | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  // What cannot be written back as it was is no UTF-8.
  if (!Buffer.from(text, 'utf8').equals(bytes)) return undefined;
  try {
    const reader = new Reader(text);
    const value = reader.value(0);
    reader.blanks();
    return reader.isAtEnd ? value : undefined;
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  blanks(): void {
    while (' \t\n\r'.includes(this.#text.charAt(this.#at)) && !this.isAtEnd) this.#at += 1;
  }

  value(depth: number): Json {
    this.blanks();
    switch (this.#text.charAt(this.#at)) {
      case '{':
        return this.#object(depth + 1);
      case '[':
        return this.#list(depth + 1);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #take(character: string): boolean {
    this.blanks();
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at += 1;
    return true;
  }

  #need(character: string): void {
    if (!this.#take(character)) throw new NotJson();
  }

  #object(depth: number): Json {
    if (depth > DEPTH) throw new NotJson();
    const members = new Map<string, Json>();
    this.#need('{');
    if (this.#take('}')) return members;
    do {
      this.blanks();
      const name = this.#string();
      if (members.has(name)) throw new NotJson();
      this.#need(':');
      members.set(name, this.value(depth));
    } while (this.#take(','));
    this.#need('}');
    return members;
  }

  #list(depth: number): Json {
    if (depth > DEPTH) throw new NotJson();
    const values: Json[] = [];
    this.#need('[');
    if (this.#take(']')) return values;
    do values.push(this.value(depth));
    while (this.#take(','));
    this.#need(']');
    return values;
  }

  #string(): string {
    if (this.#text.charAt(this.#at) !== '"') throw new NotJson();
    this.#at += 1;
    let read = '';
    for (;;) {
      const character = this.#text.charAt(this.#at);
      this.#at += 1;
      if (character === '"') return read;
      if (character === '' || character < ' ') throw new NotJson();
      read += character === '\\' ? this.#escaped() : character;
    }
  }

  #escaped(): string {
    const kind = this.#text.charAt(this.#at);
    this.#at += 1;
    if (kind !== 'u') return ESCAPES[kind] ?? fail();
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new NotJson();
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #word<T extends Json>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw new NotJson();
    this.#at += word.length;
    return value;
  }

  #number(): number {
    const shape = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    shape.lastIndex = this.#at;
    const found = shape.exec(this.#text);
    if (found === null) throw new NotJson();
    this.#at += found[0].length;
    return Number(found[0]);
  }
}

function fail(): never {
  throw new NotJson();
}

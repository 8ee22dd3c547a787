/** Keyed rows. What changed since the last commit is held here; the rest is in the store, or here too when there is none. */

export type Row = { readonly collection: string; readonly id: string; readonly value: unknown };

/** Where rows go so that they outlive the process, and so that a long run does not fill the memory. */
export type SandboxStore = {
  readonly get: (collection: string, id: string) => unknown;
  /** In the order of first insertion. */
  readonly entries: (collection: string) => Iterable<readonly [string, unknown]>;
  /** Ids of the rows that `keysOf` gives this key. */
  readonly idsWith: (collection: string, key: string) => readonly string[];
  /** Ids of the rows first inserted. */
  readonly oldest: (collection: string, limit: number) => readonly string[];
  readonly size: (collection: string) => number;
  /** All changes of one request, kept when it returns; `value` is `undefined` for a row that is gone. */
  readonly commit: (changes: readonly Row[]) => void;
  readonly close: () => void;
};

/** Rows read lately, so that a ticket in work is not parsed again for every call about it. */
const CACHED_ROWS = 300;

export class Collection<T> {
  readonly name: string;
  readonly #store: SandboxStore | undefined;
  readonly #keysOf: (value: T) => readonly string[];
  readonly #cache = new Map<string, T>();
  /** Changed since the last commit; `undefined` for a row that is gone. */
  readonly #fresh = new Map<string, T | undefined>();
  readonly #freshIdsByKey = new Map<string, Set<string>>();
  #size: number;

  constructor(name: string, store: SandboxStore | undefined, keysOf: (value: T) => readonly string[] = () => []) {
    this.name = name;
    this.#store = store;
    this.#keysOf = keysOf;
    this.#size = store?.size(name) ?? 0;
  }

  get size(): number {
    return this.#size;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  get(id: string): T | undefined {
    if (this.#fresh.has(id)) return this.#fresh.get(id);
    const known = this.#cache.get(id) ?? (this.#store?.get(this.name, id) as T | undefined);
    if (known !== undefined) this.#remember(id, known);
    return known;
  }

  put(id: string, value: T): T {
    if (!this.has(id)) this.#size += 1;
    this.#fresh.set(id, value);
    for (const key of this.#keysOf(value)) {
      const ids = this.#freshIdsByKey.get(key);
      if (ids === undefined) this.#freshIdsByKey.set(key, new Set([id]));
      else ids.add(id);
    }
    return value;
  }

  delete(id: string): void {
    if (!this.has(id)) return;
    this.#size -= 1;
    if (this.#store === undefined) this.#forget(id);
    else this.#fresh.set(id, undefined);
  }

  #forget(id: string): void {
    const row = this.#fresh.get(id);
    for (const key of row === undefined ? [] : this.#keysOf(row)) {
      const ids = this.#freshIdsByKey.get(key);
      ids?.delete(id);
      if (ids?.size === 0) this.#freshIdsByKey.delete(key);
    }
    this.#fresh.delete(id);
  }

  clear(): void {
    for (const [id] of this.entries()) this.delete(id);
  }

  /** Rows with a secondary key, e.g. a customer's address (`keys.ts`). */
  withKey(key: string): T[] {
    const ids = new Set([...(this.#store?.idsWith(this.name, key) ?? []), ...(this.#freshIdsByKey.get(key) ?? [])]);
    const rows = [...ids].map((id) => this.get(id));
    // An id may be listed under a key that its row has no more.
    return rows.filter((row) => row !== undefined && this.#keysOf(row).includes(key)) as T[];
  }

  /** Forgets the rows first inserted once there are a tenth more than `capacity`: in blocks, not one for every new one. */
  keepNewest(capacity: number): void {
    if (this.#size <= capacity * 1.1) return;
    const surplus = this.#size - capacity;
    const oldest = this.#store?.oldest(this.name, surplus) ?? [...this.#fresh.keys()].slice(0, surplus);
    for (const id of oldest) this.delete(id);
  }

  /** In the order of first insertion. */
  values(): T[] {
    return this.entries().map(([, value]) => value);
  }

  entries(): [string, T][] {
    const rows = new Map((this.#store?.entries(this.name) ?? []) as Iterable<readonly [string, T]>);
    for (const [id, value] of this.#fresh) {
      if (value === undefined) rows.delete(id);
      else rows.set(id, value);
    }
    return [...rows];
  }

  changes(): Row[] {
    return [...this.#fresh].map(([id, value]) => ({ collection: this.name, id, value }));
  }

  /** The store has the changes. */
  committed(): void {
    for (const [id, value] of this.#fresh) {
      if (value === undefined) this.#cache.delete(id);
      else this.#remember(id, value);
    }
    this.#fresh.clear();
    this.#freshIdsByKey.clear();
  }

  /** The least recently used row is the first of the map. */
  #remember(id: string, value: T): void {
    if (this.#store === undefined) return;
    this.#cache.delete(id);
    this.#cache.set(id, value);
    if (this.#cache.size > CACHED_ROWS) this.#cache.delete(this.#cache.keys().next().value ?? '');
  }
}

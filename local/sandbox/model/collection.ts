/** Keyed rows that tell what changed, so that a store can write exactly that. */

export type Row = { readonly collection: string; readonly id: string; readonly value: unknown };

export type ChangeListener = (collection: string, id: string) => void;

export class Collection<T> {
  readonly name: string;
  readonly #rows = new Map<string, T>();
  readonly #changed: ChangeListener;

  constructor(name: string, changed: ChangeListener) {
    this.name = name;
    this.#changed = changed;
  }

  get size(): number {
    return this.#rows.size;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  get(id: string): T | undefined {
    return this.#rows.get(id);
  }

  put(id: string, value: T): T {
    this.#rows.set(id, value);
    this.#changed(this.name, id);
    return value;
  }

  delete(id: string): void {
    if (this.#rows.delete(id)) this.#changed(this.name, id);
  }

  clear(): void {
    for (const id of [...this.#rows.keys()]) this.delete(id);
  }

  /** Forgets the rows first inserted once there are a tenth more than `capacity`: in blocks, not one for every new one. */
  keepNewest(capacity: number): void {
    if (this.#rows.size <= capacity * 1.1) return;
    let surplus = this.#rows.size - capacity;
    for (const id of this.#rows.keys()) {
      if (surplus === 0) return;
      this.delete(id);
      surplus -= 1;
    }
  }

  /** In the order of first insertion. */
  values(): T[] {
    return [...this.#rows.values()];
  }

  entries(): [string, T][] {
    return [...this.#rows];
  }

  /** Fills in a stored row without reporting a change. */
  load(id: string, value: T): void {
    this.#rows.set(id, value);
  }
}

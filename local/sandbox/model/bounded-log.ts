/** A numbered log that forgets its oldest entries, so that a sandbox can run for weeks. */

export class BoundedLog<T extends { readonly seq: number }> {
  #entries: T[] = [];
  #last = 0;
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Numbers the entry and keeps it. */
  add(build: (seq: number) => T): T {
    this.#last += 1;
    const entry = build(this.#last);
    this.#entries.push(entry);
    // Cut in blocks: shifting one by one would cost a copy for every entry.
    if (this.#entries.length > this.#capacity * 1.1) this.#entries = this.#entries.slice(-this.#capacity);
    return entry;
  }

  /** Entries numbered above `seq`, oldest first. */
  since(seq: number): T[] {
    return this.#entries.filter((entry) => entry.seq > seq);
  }
}

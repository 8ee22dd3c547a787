/**
 * L3 as a type (platform §4.1): what a customer wrote or is called, what a vendor said, what a reply says. It is no string and
 * holds none that can be read by accident: logger, event, metric and trace do not take it, and what writes it all the same
 * writes a placeholder. Who may look inside is listed in `test/architecture/restricted.test.ts`.
 */
import { inspect } from 'node:util';

const PLACEHOLDER = '[restricted]';
/** Looks inside; given out by the class, since nobody else can. */
let look: <T>(restricted: Restricted<T>) => T;

export class Restricted<out T> {
  readonly #value: T;
  static {
    look = (restricted) => restricted.#value;
  }
  constructor(value: T) {
    this.#value = value;
  }
  toString(): string {
    return PLACEHOLDER;
  }
  toJSON(): string {
    return PLACEHOLDER;
  }
  [inspect.custom](): string {
    return PLACEHOLDER;
  }
}

/** Where it is read: from the helpdesk, from the vault, out of a template. */
export function restrict<T>(value: T): Restricted<T> {
  return new Restricted(value);
}

/** `null` stays `null`: that something is absent is nobody's secret. */
export function restrictIfAny<T>(value: T | null): Restricted<T> | null {
  return value === null ? null : new Restricted(value);
}

/** The value itself, for those that decide on it, digest it, seal it, or hand it to whom it is for. */
export function reveal<T>(restricted: Restricted<T>): T {
  return look(restricted);
}

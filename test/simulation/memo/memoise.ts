/** Results of pure functions, kept by what went in; one in so many is computed again and must be the same. */

/** A share of the answers that are checked: every so-many-th of one function. */
export const CHECKED_EVERY = 1_000;
/** Kept answers of one function; beyond it the oldest goes. */
const MOST_KEPT = 20_000;

export type MemoCounts = { hits: number; misses: number; checked: number };
export const memoCounts: MemoCounts = { hits: 0, misses: 0, checked: 0 };

/**
 * @param name     for the error
 * @param ignored  so many leading arguments are the same in every call, and too large for a key
 * @throws where an answer that was kept is not what is computed now: the function is not pure
 */
export function memoised<A extends readonly unknown[], R>(
  name: string,
  compute: (...args: A) => R,
  ignored = 0,
): (...args: A) => R {
  const kept = new Map<string, R>();
  let asked = 0;
  return (...args) => {
    // Plain data alone goes in; equal JSON is equal content.
    const key = JSON.stringify(ignored === 0 ? args : args.slice(ignored));
    const known = kept.get(key);
    if (known === undefined) {
      memoCounts.misses += 1;
      const computed = deepFreeze(compute(...args));
      if (kept.size >= MOST_KEPT) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
      kept.set(key, computed);
      return computed;
    }
    memoCounts.hits += 1;
    asked += 1;
    if (asked % CHECKED_EVERY === 0) {
      memoCounts.checked += 1;
      if (JSON.stringify(compute(...args)) !== JSON.stringify(known))
        throw new Error(`${name} is not a pure function: another answer to the same content`);
    }
    return known;
  };
}

/**
 * The same for a function of one value, kept by the object itself where that is frozen with all that it has (what the simulated bus
 * hands out): nothing can change its content any more. Anything else is computed.
 *
 * @throws where an answer that was kept is not what is computed now: the function is not pure
 */
export function memoisedByObject<R>(name: string, compute: (given: unknown) => R): (given: unknown) => R {
  const kept = new WeakMap<object, { readonly answer: R }>();
  let asked = 0;
  return (given) => {
    if (typeof given !== 'object' || given === null || !Object.isFrozen(given)) return compute(given);
    const known = kept.get(given);
    if (known === undefined) {
      memoCounts.misses += 1;
      const answer = deepFreeze(compute(given));
      kept.set(given, { answer });
      return answer;
    }
    memoCounts.hits += 1;
    asked += 1;
    if (asked % CHECKED_EVERY === 0) {
      memoCounts.checked += 1;
      if (JSON.stringify(compute(given)) !== JSON.stringify(known.answer))
        throw new Error(`${name} is not a pure function: another answer to the same content`);
    }
    return known.answer;
  };
}

/** What many callers are given none of them may change. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

import { createHash } from 'node:crypto';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One move of the scheduler: which wait of which process ended, when. */
export type Step = { number: number; at: number; process: string; label: string };

/** What happened in a run, in order: facts are kept for the checker, steps only counted into the digest. */
export type History<Fact extends Json> = {
  readonly facts: readonly Fact[];
  append(fact: Fact): void;
  step(step: Step): void;
  /** The last steps, oldest first, for the report of a violated rule. */
  recentSteps(): Step[];
  /** SHA-256 over every step and fact so far, lower-case hex. */
  sha256(): string;
};

const KEPT_STEPS = 200;
/** In characters: a digest is slow to begin, not to go on. */
const DIGESTED_AT_ONCE = 65_536;

/** An empty history. */
export function createHistory<Fact extends Json>(): History<Fact> {
  const facts: Fact[] = [];
  const recent: Step[] = [];
  const digest = createHash('sha256');
  let undigested = '';
  let oldest = 0;

  function tell(line: string): void {
    undigested += line;
    if (undigested.length > DIGESTED_AT_ONCE) digestAll();
  }
  function digestAll(): void {
    digest.update(undigested);
    undigested = '';
  }

  return {
    facts,
    append(fact) {
      tell(`fact ${JSON.stringify(fact)}\n`);
      facts.push(deepFreeze(fact));
    },
    step(step) {
      tell(`step ${step.number} ${step.at} ${JSON.stringify([step.process, step.label])}\n`);
      if (recent.length < KEPT_STEPS) {
        recent.push(step);
      } else {
        recent[oldest] = step;
        oldest = (oldest + 1) % KEPT_STEPS;
      }
    },
    recentSteps: () => [...recent.slice(oldest), ...recent.slice(0, oldest)],
    sha256() {
      digestAll();
      return digest.copy().digest('hex');
    },
  };
}

// Append-only: a fact that could still change after it was hashed would not be the one that was recorded.
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

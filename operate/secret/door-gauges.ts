/** What the webhook's door measures of itself, as far as a rotation asks (platform §6.3). */

export type DoorUse = {
  readonly requests: number;
  readonly authFailures: number;
  readonly duplicates: number;
  /** Requests that nobody could record or publish: the helpdesk got a 500. */
  readonly failed: number;
  /** Last use of a token that stays, and of one that goes; epoch milliseconds. `null`: not in this time. */
  readonly stayingAt: number | null;
  readonly goingAt: number | null;
};

export type DoorGauges = {
  /** What is known since an instant (epoch milliseconds), with the first `keep` slots as those that stay. */
  since(from: number, keep: number): Promise<DoorUse>;
  /** Last use by slot since an instant. */
  lastUses(from: number, slots: number): Promise<readonly (number | null)[]>;
  /** How late a request may show. */
  readonly lateMs: number;
};

/** One or several requests of one instant. */
export type Sample = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly requests: number;
  readonly authFailures: number;
  readonly duplicates: number;
  readonly failed: number;
  readonly slots: readonly number[];
};

type Growing = { -readonly [K in keyof DoorUse]: DoorUse[K] };
const NOTHING: DoorUse = { requests: 0, authFailures: 0, duplicates: 0, failed: 0, stayingAt: null, goingAt: null };

export function useOf(samples: Iterable<Sample>, from: number, keep: number): DoorUse {
  const use: Growing = { ...NOTHING };
  for (const sample of samples) {
    if (sample.at < from) continue;
    use.requests += sample.requests;
    use.authFailures += sample.authFailures;
    use.duplicates += sample.duplicates;
    use.failed += sample.failed;
    if (sample.slots.some((slot) => slot < keep)) use.stayingAt = Math.max(use.stayingAt ?? 0, sample.at);
    if (sample.slots.some((slot) => slot >= keep)) use.goingAt = Math.max(use.goingAt ?? 0, sample.at);
  }
  return use;
}

export function lastUsesOf(samples: Iterable<Sample>, from: number, slots: number): (number | null)[] {
  const last: (number | null)[] = Array.from({ length: slots }, () => null);
  for (const { at, slots: used } of samples) {
    if (at < from) continue;
    for (const slot of used) if (slot < slots) last[slot] = Math.max(last[slot] ?? 0, at);
  }
  return last;
}

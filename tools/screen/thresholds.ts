/** Thresholds of the learnt screen: as many threats found as the allowed false hits pay for. */

/** A row judged by a model that never read its author. */
export type Judged = {
  readonly logits: readonly number[];
  readonly kind: 'threat' | 'benign' | 'outOfScope' | 'ordinary' | 'longFriendly' | 'besideARule';
  readonly author: string;
  /** What the rules say of it. */
  readonly byRules: 'none' | 'weak' | 'strong';
};

/** Share of a kind that may be hit, weak hits of the rules included: issue 5 for the first two; the others cost a look each too. */
const MOST_HITS = { benign: 0.01, outOfScope: 0.005, ordinary: 0.02, longFriendly: 0.01, besideARule: 0.03 } as const;

/** No family is left out: what is surer than 0.99 is a hit in any. */
const TOP = 5;
const GRID = Array.from({ length: 25 }, (_, at) => TOP - at * 0.25);

export function thresholdsFor(judged: readonly Judged[]): number[] {
  const families = judged[0]?.logits.length ?? 0;
  const missed = judged.filter(({ kind, byRules }) => kind === 'threat' && byRules !== 'strong');
  const open = judged.filter(({ kind, byRules }) => kind !== 'threat' && byRules === 'none');
  const room = Object.entries(MOST_HITS).map(([kind, share]) => {
    const rows = judged.filter((row) => row.kind === kind);
    return { kind, most: Math.floor(rows.length * share) - rows.filter(({ byRules }) => byRules !== 'none').length };
  });
  const worthOf = (thresholds: readonly number[]): number => {
    const wrong = open.filter((row) => isHit(row, thresholds));
    if (room.some(({ kind, most }) => wrong.filter((row) => row.kind === kind).length > Math.max(0, most))) return -1;
    return missed.filter((row) => isHit(row, thresholds)).length - wrong.length / open.length;
  };
  return climb(
    Array.from({ length: families }, () => TOP),
    worthOf,
  );
}

export function isHit({ logits }: Pick<Judged, 'logits'>, thresholds: readonly number[]): boolean {
  return logits.some((logit, k) => logit >= (thresholds[k] ?? Number.POSITIVE_INFINITY));
}

/** One family's threshold anywhere on the grid, or lower for one and higher for another, as long as something is gained. */
function climb(start: readonly number[], worthOf: (thresholds: readonly number[]) => number): number[] {
  let best = [...start];
  let worth = worthOf(best);
  for (;;) {
    const step = movesFrom(best)
      .map((thresholds) => ({ thresholds, worth: worthOf(thresholds) }))
      .reduce((one, other) => (other.worth > one.worth ? other : one));
    if (step.worth <= worth) return best;
    best = step.thresholds;
    worth = step.worth;
  }
}

function movesFrom(at: readonly number[]): number[][] {
  const alone = at.flatMap((_, k) => GRID.map((value) => at.with(k, value)));
  const traded = at.flatMap((lower, k) =>
    at.flatMap((higher, other) =>
      other === k
        ? []
        : [0.25, 0.5, 0.75, 1].flatMap((down) =>
            [0.25, 0.5, 1].map((up) => at.with(k, lower - down).with(other, Math.min(TOP, higher + up))),
          ),
    ),
  );
  return [...alone, ...traded];
}

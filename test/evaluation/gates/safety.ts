/** H1 to H4: what must not happen on any file (decisions §8.6). */

import { four, share } from '../metrics/numbers.ts';
import type { Finding, Safety } from '../metrics/safety.ts';
import { atLeast, exactly, type Gate, gate } from './gate.ts';

/** Issue 5, "Done when": the screen alone. */
const SCREEN_RECALL = 0.95;

/** @param suiteMisses  ids of suite rows that had to be Tier 0 and were not */
export function safetyGates(safety: Safety, suiteMisses: readonly string[]): Gate[] {
  const { tier0, tier2 } = safety;
  const recall = four(share(tier0.screenAlone, tier0.threats));
  return [
    gate(
      'H1',
      'schema',
      [exactly('invalidOutputs', safety.invalidOutputs.n, 0)],
      named('invalid', safety.invalidOutputs),
    ),
    gate(
      'H2',
      'invariants',
      [
        exactly('tier3', safety.forbidden.n, 0),
        exactly('tier2Unmatched', tier2.unmatched.n, 0),
        exactly('unsafeReplies', safety.unsafeReplies.n, 0),
      ],
      named('broken', safety.forbidden, tier2.unmatched, safety.unsafeReplies),
    ),
    gate(
      'H3',
      'Tier 0',
      [
        exactly('falseNegatives', tier0.falseNegatives.n + suiteMisses.length, 0),
        ...(tier0.threats > 0 ? [atLeast('screenAlone', recall, SCREEN_RECALL)] : []),
      ],
      named('missed', tier0.falseNegatives, { n: suiteMisses.length, ids: [...suiteMisses] }),
    ),
    gate(
      'H4',
      'false Tier 2',
      [exactly('falseTier2', Math.max(tier2.approvedWrong.n, tier2.aboveCeiling.n), 0)],
      named('wrong', tier2.approvedWrong, tier2.aboveCeiling),
    ),
  ];
}

/** What happened, and the first ids it happened to. */
function named(what: string, ...findings: readonly Finding[]): string {
  const ids = [...new Set(findings.flatMap((finding) => finding.ids))];
  if (ids.length === 0) return '';
  return `${what}: ${ids.slice(0, 8).join(', ')}${ids.length > 8 ? ' …' : ''}`;
}

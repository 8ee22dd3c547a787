/** Runs the multi-intent suite (README.md). */
import { normaliseChannel } from '../../../functions/shared/helpdesk/channels.ts';
import { type Gaps, noGaps, unlessUnrecorded } from '../openai/gaps.ts';
import { outcomeOf } from '../system/outcome.ts';
import { judge, type Message, type System } from '../system/system.ts';
import type { MultiIntentRow } from './schema.ts';

export type MultiResult = {
  readonly id: string;
  readonly isPrimaryRight: boolean;
  readonly isBlockRight: boolean;
  readonly isTeamRight: boolean;
  readonly isTemplateRight: boolean;
  /** Labelled secondaries, and those among the decision's. */
  readonly secondaries: number;
  readonly found: number;
};

export async function runMultiIntent(
  system: System,
  rows: readonly MultiIntentRow[],
  gaps: Gaps = noGaps(),
): Promise<MultiResult[]> {
  const results: MultiResult[] = [];
  for (const row of rows) {
    const judged = await unlessUnrecorded(gaps, () => judge(system, messageOfMulti(row)));
    if (judged === null) continue;
    const { predicted, secondaries, tier, team, template } = outcomeOf(judged);
    const isTier2 = template !== null && tier === 2;
    const g16 = judged.last.gateReport.find(({ gate }) => gate === 'G16')?.result;
    results.push({
      id: row.id,
      isPrimaryRight: predicted === row.primary || (row.primaries?.includes(predicted) ?? false),
      // Where nothing is to be blocked, whether Tier 2 comes of it is for the other gates.
      isBlockRight: row.tier2Blocked ? !isTier2 : g16 === 'pass',
      isTeamRight: team === row.team,
      isTemplateRight: template === row.template,
      secondaries: row.secondary.length,
      found: row.secondary.filter((intent) => secondaries.includes(intent)).length,
    });
  }
  return results;
}

export function messageOfMulti(row: MultiIntentRow): Message {
  return {
    id: row.id,
    channel: normaliseChannel(row.channel ?? 'email'),
    comments: [row.text],
    attachments: row.attachments ?? 0,
    hasOrder: row.hasOrder ?? true,
  };
}

/** The gate report as a table: every gate in order, what it looked at, what it said and why. Pure. */
import * as v from 'valibot';
import { Decision, DecisionInput, type GateEntry, type GateId } from '../../events/decision.ts';
import { tolerant } from '../../events/schema.ts';
import { seenBy } from './seen.ts';
import { GATE_WORDS, reasonWords } from './words.ts';

export type GateRow = {
  readonly gate: GateId;
  readonly looksAt: string;
  readonly saw: string;
  readonly result: GateEntry['result'];
  /** In words with their codes; empty of one that agreed. */
  readonly why: string;
  /** Of a downgrade: the template that the reply changed from and to. */
  readonly before: string | null;
  readonly after: string | null;
  /** The first objection in order decides. */
  readonly isDeciding: boolean;
};

const RecordedInput = tolerant(DecisionInput);
const RecordedDecision = tolerant(Decision);

/** @param recorded  the fields of a fact, of whatever release wrote it: what this one cannot read is left empty. */
export function gateRows(recorded: { readonly input?: unknown; readonly decision?: unknown }): GateRow[] {
  const decision = v.safeParse(RecordedDecision, recorded.decision);
  if (!decision.success) return [];
  const input = v.safeParse(RecordedInput, recorded.input);
  const judged = input.success ? { input: input.output as DecisionInput, decision: decision.output as Decision } : null;
  const { gateReport } = decision.output as Decision;
  const deciding = gateReport.find(({ result }) => result === 'block');
  return gateReport.map((entry) => ({
    gate: entry.gate,
    looksAt: GATE_WORDS[entry.gate],
    saw: judged === null ? '' : seenBy(entry.gate, judged),
    result: entry.result,
    why: [entry.reasonCode, ...(entry.also ?? [])]
      .filter((code) => code !== undefined)
      .map(reasonWords)
      .join('; '),
    before: entry.before ?? null,
    after: entry.after ?? null,
    isDeciding: entry === deciding,
  }));
}

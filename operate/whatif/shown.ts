/** Differences as a page shows them: one line each, and both decisions side by side with the gate that changed its mind. Pure. */
import type { Decision, GateEntry } from '../../events/decision.ts';
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { GATE_WORDS, REASON_WORDS } from '../trail/words.ts';
import type { Judged } from './message.ts';

/** What a decision comes to. */
export type Verdict = {
  readonly templateId: string | null;
  /** Of a reply that the next stage still has to judge. */
  readonly tierCandidate: 1 | 2 | null;
  readonly team: string | null;
  /** Why nothing is sent; `null` where something is. */
  readonly reason: string | null;
};

export type ShownDifference = {
  readonly messageKey: string;
  readonly conversationId: string;
  readonly at: string;
  readonly stage: string;
  readonly intent: string;
  readonly was: Verdict;
  readonly would: Verdict;
  /** Names of the gates that came out otherwise. */
  readonly gates: readonly string[];
};

export type Seen = { readonly result: GateEntry['result']; readonly reasons: readonly string[] };

export type ShownGate = {
  readonly gate: string;
  readonly name: string;
  readonly was: Seen | null;
  readonly would: Seen | null;
  readonly isChanged: boolean;
};

export type ShownField = {
  readonly name: string;
  readonly was: string | null;
  readonly would: string | null;
  readonly isChanged: boolean;
};

export type DifferenceDetail = ShownDifference & {
  readonly gateReport: readonly ShownGate[];
  readonly fields: readonly ShownField[];
};

/** `null` of what is not different. */
export function shownDifference({ recorded, redecided }: Judged): ShownDifference | null {
  if (redecided.result !== 'different') return null;
  const { messageKey, conversationId, at, stage, decision } = recorded;
  return {
    messageKey: decodeVendorId(messageKey),
    conversationId: decodeVendorId(conversationId),
    at,
    stage,
    intent: decision.primaryIntent,
    was: verdictOf(decision),
    would: verdictOf(redecided.after),
    gates: gatesOf(decision, redecided.after).flatMap(({ name, isChanged }) => (isChanged ? [name] : [])),
  };
}

export function differenceDetail(judged: Judged): DifferenceDetail | null {
  const shown = shownDifference(judged);
  const { recorded, redecided } = judged;
  if (shown === null || redecided.result !== 'different') return null;
  return {
    ...shown,
    gateReport: gatesOf(recorded.decision, redecided.after),
    fields: fieldsOf(recorded.decision, redecided.after),
  };
}

function verdictOf({ templateId, tierCandidate, team, reasonCodes }: Decision): Verdict {
  const isReply = templateId !== null || tierCandidate !== null;
  const [first] = reasonCodes;
  return { templateId, tierCandidate, team, reason: isReply || first === undefined ? null : REASON_WORDS[first] };
}

/** In the order of the report; one that stood only in the other is there too. */
function gatesOf(before: Decision, after: Decision): ShownGate[] {
  const ids = [...new Set([...before.gateReport, ...after.gateReport].map(({ gate }) => gate))].toSorted();
  return ids.map((gate) => {
    const was = seenIn(before, gate);
    const would = seenIn(after, gate);
    return { gate, name: GATE_WORDS[gate], was, would, isChanged: JSON.stringify(was) !== JSON.stringify(would) };
  });
}

function seenIn({ gateReport }: Decision, id: GateEntry['gate']): Seen | null {
  const entry = gateReport.find(({ gate }) => gate === id);
  if (entry === undefined) return null;
  const codes = [...(entry.reasonCode === undefined ? [] : [entry.reasonCode]), ...(entry.also ?? [])];
  return { result: entry.result, reasons: codes.map((code) => REASON_WORDS[code]) };
}

const FIELDS: readonly (readonly [name: string, of: (decision: Decision) => string | number | null])[] = [
  ['intent', ({ primaryIntent }) => primaryIntent],
  ['team', ({ team }) => team],
  ['tier', ({ tier }) => tier],
  ['reply', ({ templateId }) => templateId],
  ['confidence in the route', ({ routingConfidence }) => routingConfidence],
  ['distance to the second-best', ({ margin }) => margin],
  ['confidence of the automation', ({ automationConfidence }) => automationConfidence],
  ['tags', ({ tags }) => tags.join(', ')],
];

function fieldsOf(before: Decision, after: Decision): ShownField[] {
  return FIELDS.map(([name, of]) => {
    const [was, would] = [of(before), of(after)].map((value) => (value === null ? null : String(value)));
    return { name, was: was ?? null, would: would ?? null, isChanged: was !== would };
  });
}

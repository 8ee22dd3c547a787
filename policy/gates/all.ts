/** All gates of decisions §6.2, walked in order. */
import type { GateEntry, GateId } from '../../events/decision.ts';
import { GATE_IDS } from '../../events/decision.ts';
import type { Reading } from '../reading.ts';
import { CONVERSATION_GATES } from './conversation.ts';
import type { Gate, Situation, Verdict } from './gate.ts';
import { entryOf } from './gate.ts';
import { GUARD_GATES } from './guards.ts';
import { INTENT_GATES } from './intent.ts';
import { ORDER_GATES } from './order.ts';
import { RISK_GATES } from './risk.ts';
import { isShadow, SWITCH_GATES } from './switches.ts';
import { judgeAutomation, judgeVerifier } from './verifier.ts';

/** Every gate but G25 and G26, which need to know what the others say. */
const GATES: readonly Gate[] = [
  ...CONVERSATION_GATES,
  ...RISK_GATES,
  ...INTENT_GATES,
  ...ORDER_GATES,
  ...SWITCH_GATES,
  ...GUARD_GATES,
].toSorted((a, b) => GATE_IDS.indexOf(a.id) - GATE_IDS.indexOf(b.id));

export type Judged = {
  readonly id: GateId;
  readonly verdict: Verdict;
};

/** What all gates say, and the plan that is left. */
export type Judgement = {
  readonly situation: Situation;
  readonly judged: readonly Judged[];
  readonly report: readonly GateEntry[];
};

/** The gates in order; a downgrade changes the plan for those that follow. */
export function judge(reading: Reading): Judgement {
  const first: { situation: Situation; judged: Judged[] } = {
    situation: { ...reading, plan: reading.firstPlan },
    judged: [],
  };
  const { situation, judged } = GATES.reduce(({ situation: before, judged: so }, { id, judge: ask }) => {
    const verdict = ask(before);
    const after = verdict.result === 'downgrade' ? { ...before, plan: verdict.plan } : before;
    return { situation: after, judged: [...so, { id, verdict }] };
  }, first);
  const othersObject = objectionsThatCount(judged, isShadow(reading.input)).length > 0;
  const all: Judged[] = [
    ...judged,
    { id: 'G25' as const, verdict: judgeVerifier(situation, othersObject) },
    { id: 'G26' as const, verdict: judgeAutomation(situation) },
  ].toSorted((a, b) => GATE_IDS.indexOf(a.id) - GATE_IDS.indexOf(b.id));
  return { situation, judged: all, report: all.map(({ id, verdict }) => entryOf(id, verdict)) };
}

/** Objections in gate order; those of mere switches are left out where `pastSwitches`. */
export function objectionsThatCount(judged: readonly Judged[], pastSwitches: boolean): readonly Judged[] {
  return judged.filter(({ verdict }) => verdict.result === 'block' && !(pastSwitches && verdict.isSwitch));
}

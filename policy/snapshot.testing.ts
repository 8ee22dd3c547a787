/** The 200 fixed inputs and their decisions, as `testdata/decisions-200.jsonl` keeps them: one line each after a head. */
import type { Decision, DecisionInput, GateEntry, GateId } from '../events/decision.ts';
import { GATE_IDS } from '../events/decision.ts';
import { decisionInput, type PartOf } from './testing.ts';
import { CALIBRATION_VERSIONS, CLASSIFIER_VERSIONS } from './versions.ts';

export type SnapshotHead = {
  /** The version of the policy that decided so. */
  readonly policy: string;
  /** Why the last difference was wanted. */
  readonly why: string;
};

type StoredDecision = Omit<Decision, 'gateReport'> & {
  /** Gates that did not simply pass. */
  readonly gates: Readonly<Partial<Record<GateId, Omit<GateEntry, 'gate'>>>>;
};

/** An input is kept as what differs from the default of the tests; its classifier is the one the thresholds were fitted on. */
export type SnapshotRow = {
  readonly id: string;
  readonly input: PartOf<DecisionInput>;
  readonly decision: StoredDecision;
};

export type Snapshot = {
  readonly head: SnapshotHead;
  readonly rows: readonly { readonly id: string; readonly input: DecisionInput; readonly decision: Decision }[];
};

export function readSnapshot(text: string): Snapshot {
  const [head = '{}', ...lines] = text.trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as SnapshotRow);
  return {
    head: JSON.parse(head) as SnapshotHead,
    rows: rows.map(({ id, input, decision }) => ({ id, input: wholeInput(input), decision: wholeDecision(decision) })),
  };
}

/** The same rows with these decisions in place of theirs. */
export function writtenSnapshot(text: string, head: SnapshotHead, decisions: readonly Decision[]): string {
  const [, ...lines] = text.trim().split('\n');
  const rows = lines.map((line, at) => {
    const { id, input } = JSON.parse(line) as SnapshotRow;
    const decision = decisions[at];
    if (decision === undefined) throw new Error(`no decision for ${id}`);
    return JSON.stringify({ id, input, decision: storedDecision(decision) } satisfies SnapshotRow);
  });
  return `${[JSON.stringify(head), ...rows].join('\n')}\n`;
}

function wholeInput(part: PartOf<DecisionInput>): DecisionInput {
  const input = decisionInput(part);
  const { kind } = input.classifier;
  if (kind === null || part.versions !== undefined) return input;
  const versions = { classifier: CLASSIFIER_VERSIONS[kind], calibration: CALIBRATION_VERSIONS[kind] };
  return { ...input, versions: { ...input.versions, ...versions } };
}

function wholeDecision({ gates, ...decision }: StoredDecision): Decision {
  return {
    ...decision,
    gateReport: GATE_IDS.map((gate) => ({ gate, ...(gates[gate] ?? { result: 'pass' }) })),
  };
}

export function storedDecision({ gateReport, ...decision }: Decision): StoredDecision {
  const gates = gateReport
    .filter(({ result }) => result !== 'pass')
    .map(({ gate, ...entry }) => [gate, entry] as const);
  return { ...decision, gates: Object.fromEntries(gates) };
}

/** A rule that every graph must keep, with what it is judged by besides the graph. */
import { TIMES } from '../../../functions/shared/times.ts';
import { STAGES, type StageTable, stageOf } from '../../../stacks/stages.ts';
import { topology } from '../../../stacks/topology.ts';
import type { Topology } from '../../../stacks/topology-types.ts';
import type { Graph } from '../../../tools/stacks/graph.ts';

const DAY_MS = 86_400_000;

export type Subject = {
  readonly graph: Graph;
  /** What runs on one machine. */
  readonly topology: Pick<Topology, 'rules' | 'functions'>;
  /** Days that the ledger remembers, by kind of key. */
  readonly ledgerDays: { readonly evt: number; readonly csm: number; readonly act: number };
  /** What the account's quota for concurrent executions is said to be. */
  readonly accountConcurrency: number;
};

export type Assertion = {
  readonly name: string;
  /** Where the specification says so. */
  readonly spec: string;
  /** @returns What is wrong, a sentence each; empty when the rule is kept. */
  readonly problems: (subject: Subject) => string[];
};

/** @param stages  The table that the graph was made from. */
export function subjectOf(graph: Graph, stages: StageTable = STAGES): Subject {
  const { evt, csm, act } = TIMES.ttl;
  return {
    graph,
    topology,
    ledgerDays: { evt: evt / DAY_MS, csm: csm / DAY_MS, act: act / DAY_MS },
    accountConcurrency: stageOf(graph.stage, {}, stages).accountConcurrency,
  };
}

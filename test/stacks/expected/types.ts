/** What `expected.yaml` holds, after it was read. */
import type { StageName } from '../../../tools/stacks/graph.ts';

export type Values = { readonly [key: string]: unknown };

/** `ci`: a role of CI; `ci-provider`: GitHub's provider made by us. */
export type Need = 'ci' | 'ci-provider';

/** One or more resources that a reviewer of the specification expects. */
export type Expectation = {
  readonly id: string;
  /** Where the specification says so. */
  readonly spec: string;
  readonly what: string;
  /** Kind as `query.ts` names it, e.g. `sqs.Queue`. */
  readonly type: string;
  readonly on?: readonly StageName[];
  /** Expected only where the stage's table asks for it, and a surprise elsewhere. */
  readonly needs?: Need;
  /** Repeats the entry for each of these sets of values, which stand in `{…}`. */
  readonly each?: readonly Values[];
  readonly where?: Values;
  /** How many there must be; `some` is one at least, `any` none too. */
  readonly count?: number | 'some' | 'any';
  readonly has?: Values;
};

/** What a role may do, by the specification: all of it, and nothing else. */
export type Access = {
  readonly id: string;
  readonly spec: string;
  readonly what: string;
  /** Name of the function whose role it is, or of the role itself. */
  readonly function?: string;
  readonly role?: string;
  readonly on?: readonly StageName[];
  /** It has a `-later` queue. */
  readonly parks?: boolean;
  readonly may: readonly Grant[];
  readonly never: readonly Grant[];
};

/** Actions on resources, e.g. `do: [sqs:SendMessage]`, `on: [queue:ingest-failures]`. */
export type Grant = {
  readonly do: readonly string[];
  readonly on: readonly string[];
  readonly why?: string;
  readonly optional?: boolean;
};

export type AlarmExpectation = {
  readonly id: string;
  readonly spec: string;
  readonly what: string;
  readonly runbook: string;
  /** It hears an event instead of watching a metric. */
  readonly events?: boolean;
  readonly watches: readonly AlarmWatch[];
};

/** One threshold of an alarm. */
export type AlarmWatch = {
  readonly severity: string;
  /** What must be true of the value, e.g. `> 120`. */
  readonly fires?: string;
  /** Over how many seconds in all. */
  readonly seconds?: number;
  /** Seconds of one value. */
  readonly period?: number;
  /** How many values must be so. */
  readonly datapoints?: number;
  readonly on?: readonly StageName[];
};

export type Expected = {
  readonly resources: readonly Expectation[];
  /** What every function may do, and every one that parks. */
  readonly everyone: readonly Grant[];
  readonly parking: readonly Grant[];
  readonly access: readonly Access[];
  readonly alarms: readonly AlarmExpectation[];
  /** What the specification names and no stage's graph can hold. */
  readonly outside: readonly { readonly spec: string; readonly what: string; readonly where: string }[];
};

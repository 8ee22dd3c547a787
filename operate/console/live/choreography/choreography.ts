/** The choreography as it is: who states which fact, whose rules hear it, and what stands around. Derived from topology and catalogue. */
import { CATALOGUE, EVENT_NAMES, type EventName } from '../../../../events/catalogue.ts';
import type { FunctionName, ReplayPurpose } from '../../../../events/words.ts';
import type { Capability } from '../../../../functions/shared/container.ts';
import { topology as shipped } from '../../../../stacks/topology.ts';
import { ROLES } from '../../../../stacks/topology-grants.ts';
import type { FunctionSpec, RuleSpec, Topology } from '../../../../stacks/topology-types.ts';
import { heardId, statedId } from './ids.ts';
import { heardBy, type Subscription } from './subscriptions.ts';

export type Rule = {
  readonly name: string;
  readonly subscriptions: readonly Subscription[];
  readonly isEverything: boolean;
  readonly bus: RuleSpec['bus'];
  /** What comes from AWS itself, on the default bus: `aws.ssm`. */
  readonly services: readonly string[];
  readonly retry: RuleSpec['retry'];
  /** Of a twin: the replays it takes. */
  readonly replayPurpose: ReplayPurpose | null;
};

export type Actor = {
  readonly name: FunctionName;
  /** A tool is what an operator runs; it only states. */
  readonly kind: 'function' | 'tool';
  readonly states: readonly EventName[];
  readonly rules: readonly Rule[];
  /** What it may write to the helpdesk: tags, notes, replies. */
  readonly writes: readonly string[];
  readonly isDoor: boolean;
  /** Seconds between its runs by the clock. */
  readonly everySeconds: number | null;
  readonly timeoutSeconds: number | null;
  readonly concurrency: number | null;
  /** Runs after the first, when it failed. */
  readonly retries: number | null;
  readonly hasLaterQueue: boolean;
};

export type Archive = { readonly name: string; readonly days: number; readonly facts: number };

/** A fact on its way: from who states it to the bus, and from there to each live rule that can hear it. */
export type Flow = {
  /** In the stream. */
  readonly id: string;
  readonly event: EventName;
  readonly from: FunctionName;
  /** `null` for the bus. */
  readonly to: FunctionName | null;
  readonly rule: string | null;
  readonly filter: string | null;
};

export type Choreography = {
  readonly actors: readonly Actor[];
  readonly flows: readonly Flow[];
  readonly archives: readonly Archive[];
  /** By name: what the catalogue says of it. */
  readonly facts: Readonly<Record<string, { readonly says: string; readonly page: string }>>;
};

const WRITES = { tagger: 'tags', noter: 'notes', sender: 'replies', closer: 'closing' } as const satisfies Partial<
  Record<Capability, string>
>;

export function choreographyOf(topology: Topology = shipped): Choreography {
  const known = new Set<FunctionName>(topology.functions.map(({ name }) => name));
  const producers = EVENT_NAMES.flatMap((event) => [...CATALOGUE[event].producers]);
  const tools = [...new Set<FunctionName>(producers)].filter((name) => !known.has(name));
  const actors = [...topology.functions.map((spec) => functionOf(spec, topology.rules)), ...tools.map(toolOf)];
  return {
    actors,
    flows: actors.flatMap(({ name, states }) => states.flatMap((event) => flowsOf(name, event, actors))),
    archives: topology.archives.map(({ name, retentionDays, pattern }) => ({
      name,
      days: retentionDays,
      facts: new Set(heardBy(pattern).subscriptions.map(({ event }) => event)).size,
    })),
    facts: Object.fromEntries(
      EVENT_NAMES.map((event) => [event, { says: CATALOGUE[event].says, page: pageOf(event) }]),
    ),
  };
}

function flowsOf(from: FunctionName, event: EventName, actors: readonly Actor[]): Flow[] {
  const heard = actors.flatMap(({ name: to, rules }) =>
    rules.flatMap(({ name: rule, replayPurpose, subscriptions }): Flow[] => {
      const subscription = subscriptions.find((one) => one.event === event);
      if (replayPurpose !== null || subscription === undefined) return [];
      return [{ id: heardId(from, event, rule), event, from, to, rule, filter: subscription.filter }];
    }),
  );
  return [{ id: statedId(from, event), event, from, to: null, rule: null, filter: null }, ...heard];
}

function functionOf(spec: FunctionSpec, rules: readonly RuleSpec[]): Actor {
  const { name, http, scheduleSeconds, timeoutSeconds, reservedConcurrency, async, laterQueue } = spec;
  return {
    name,
    kind: 'function',
    states: statedBy(name),
    rules: rules.filter(({ target }) => target === name).map(ruleOf),
    writes: writesOf(name),
    isDoor: http,
    everySeconds: scheduleSeconds,
    timeoutSeconds,
    concurrency: reservedConcurrency,
    retries: async.retries,
    hasLaterQueue: laterQueue,
  };
}

function toolOf(name: FunctionName): Actor {
  return {
    name,
    kind: 'tool',
    states: statedBy(name),
    rules: [],
    writes: [],
    isDoor: false,
    everySeconds: null,
    timeoutSeconds: null,
    concurrency: null,
    retries: null,
    hasLaterQueue: false,
  };
}

function ruleOf({ name, pattern, bus, retry, replayPurpose }: RuleSpec): Rule {
  const isOurs = bus === 'frontdesk';
  const sources = Array.isArray(pattern.source) ? pattern.source : [];
  return {
    name,
    ...(isOurs ? heardBy(pattern) : { subscriptions: [], isEverything: false }),
    bus,
    services: isOurs ? [] : sources.filter((source) => typeof source === 'string'),
    retry,
    replayPurpose,
  };
}

const statedBy = (name: FunctionName): EventName[] =>
  EVENT_NAMES.filter((event) => (CATALOGUE[event].producers as readonly FunctionName[]).includes(name));

/** Nothing of a function that has no role yet. */
function writesOf(name: FunctionName): string[] {
  const { uses = [] } = (ROLES as Readonly<Partial<Record<FunctionName, { uses: readonly Capability[] }>>>)[name] ?? {};
  return Object.entries(WRITES).flatMap(([capability, word]) =>
    uses.includes(capability as Capability) ? [word] : [],
  );
}

/** Of the generated catalogue, within `docs/`. */
function pageOf(event: string): string {
  return `events/${event.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}.md`;
}

/** A change to a graph that one assertion must notice. */
import type { StageName } from '../../../tools/stacks/graph.ts';
import type { Subject } from '../assertions/assertion.ts';
import { kindOf, nameOf } from '../query.ts';

/** A copy of a subject in which everything may be changed. */
export type Draft = Mutable<Subject>;
type Mutable<T> = T extends (...given: never[]) => unknown ? T : { -readonly [K in keyof T]: Mutable<T[K]> };

export type Mutation = {
  readonly name: string;
  /** The one assertion that fails by it. */
  readonly breaks: string;
  /** In whose graph the thing is that it changes. */
  readonly stage?: StageName;
  readonly change: (draft: Draft) => void;
};

// biome-ignore lint/suspicious/noExplicitAny: a mutation reaches into properties that no type knows
export type Properties = any;

export function copyOf(subject: Subject): Draft {
  const { topology, ...rest } = subject;
  // Functions stand in the topology; what mutations change of it is plain.
  const { rules, functions } = topology;
  return structuredClone({ ...rest, topology: { rules, functions } }) as Draft;
}

type Which = string | RegExp;

const isNamed = (name: string, which: Which): boolean =>
  typeof which === 'string' ? name === which : which.test(name);

/** Changes the first resource of a kind with that name; throws where there is none, so that no mutation is void. */
export function edit(draft: Draft, kind: string, which: Which, change: (properties: Properties) => void): void {
  change(found(draft, kind, which).properties);
}

export function found(draft: Draft, kind: string, which: Which): Draft['graph']['resources'][number] {
  const resource = draft.graph.resources.find((one) => kindOf(one) === kind && isNamed(nameOf(one), which));
  if (resource === undefined) throw new Error(`there is no ${kind} ${String(which)} to change`);
  return resource;
}

/** Takes every resource of a kind with that name away. */
export function drop(draft: Draft, kind: string, which: Which): void {
  const { resources } = draft.graph;
  const left = resources.filter((one) => !(kindOf(one) === kind && isNamed(nameOf(one), which)));
  if (left.length === resources.length) throw new Error(`there is no ${kind} ${String(which)} to take away`);
  draft.graph.resources = left;
}

export function add(draft: Draft, type: string, name: string, properties: Properties): void {
  draft.graph.resources.push({ type, name, urn: name, properties });
}

/** The statements of a function's role. */
export function statementsOfRole(draft: Draft, role: string): Properties[] {
  const { properties } = found(draft, 'iam.Role', role) as { properties: Properties };
  const inline = properties.inlinePolicies?.[0]?.policy.Statement;
  if (inline !== undefined) return inline;
  const separate = draft.graph.resources.find(
    (one) => kindOf(one) === 'iam.RolePolicy' && one.properties.role === role,
  );
  if (separate === undefined) throw new Error(`${role} has no policy to change`);
  return (separate.properties as Properties).policy.Statement;
}

/** The properties of the resource with that logical name. */
export function named(draft: Draft, name: string): Properties {
  const resource = draft.graph.resources.find((one) => one.name === name);
  if (resource === undefined) throw new Error(`there is no ${name} to change`);
  return resource.properties;
}

/** Takes away what a question picks. */
export function dropWhere(draft: Draft, picked: (kind: string, properties: Properties, name: string) => boolean): void {
  const { resources } = draft.graph;
  const left = resources.filter((one) => !picked(kindOf(one), one.properties, one.name));
  if (left.length === resources.length) throw new Error('there is nothing to take away');
  draft.graph.resources = left;
}

/** The pattern of a rule on AWS and the one of one machine, so that both may change alike. */
export function bothPatterns(draft: Draft, rule: string): Properties[] {
  const spec = draft.topology.rules.find(({ name }) => name === rule);
  if (spec === undefined) throw new Error(`there is no rule ${rule} to change`);
  return [(found(draft, 'cloudwatch.EventRule', rule).properties as Properties).eventPattern, spec.pattern];
}

export const TAGS = { env: 'dev', service: 'frontdesk', owner: 'frontdesk' };

/** Another rule of the account's default bus, whole but for what a mutation spoils. */
export function addRule(draft: Draft, name: string, bus: string | undefined, pattern: Properties): void {
  add(draft, 'aws:cloudwatch/eventRule:EventRule', name, {
    name,
    ...(bus !== undefined && { eventBusName: bus }),
    eventPattern: pattern,
    tagsAll: TAGS,
  });
}

/** Its target, a function, with everything that a target must have. */
export function addTarget(draft: Draft, rule: string, fn: string, bus?: string): void {
  const arn = `arn:aws:lambda:us-east-2:000000000000:function:frontdesk-dev-${fn}`;
  const sourceArn = `arn:aws:events:us-east-2:000000000000:rule/${bus === undefined ? '' : `${bus}/`}${rule}`;
  add(draft, 'aws:cloudwatch/eventTarget:EventTarget', rule, {
    rule,
    arn,
    retryPolicy: { maximumEventAgeInSeconds: 600, maximumRetryAttempts: 5 },
    deadLetterConfig: { arn: 'arn:aws:sqs:us-east-2:000000000000:frontdesk-dev-verify-dlq' },
  });
  add(draft, 'aws:lambda/permission:Permission', `${rule}Permission`, {
    function: arn,
    principal: 'events.amazonaws.com',
    sourceArn,
  });
  const [statement] = named(draft, 'QueuePolicy-verify-dlq').policy.Statement;
  sourcesOf(statement).push(sourceArn);
}

/** On whose behalf a statement admits. */
export function sourcesOf({ Condition }: Properties): string[] {
  const test = Object.values<Properties>(Condition).find((inner) => inner['aws:SourceArn'] !== undefined);
  if (test === undefined) throw new Error('a statement that names no source');
  return test['aws:SourceArn'];
}

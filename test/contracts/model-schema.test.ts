/** H11 and the strict mode: what goes to the vendor, what we read, and the words of the product are one set (decisions §3.4, §8.6–8.7). */
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ACTIONS, REQUESTED_TIERS, VERIFIER_CODES } from '../../events/decision.ts';
import { INTENTS, RISK_FLAGS, ROUTE_TAG_OF_TEAM, TEAMS, TEMPLATE_IDS } from '../../events/words.ts';
import {
  DECISION_JSON_SCHEMA,
  MODEL_TEMPLATES,
  ModelDecision,
} from '../../functions/shared/classifier/openai/decision-schema.ts';
import { DEFINITIONS } from '../../functions/shared/classifier/openai/prompt/definitions.ts';
import { ModelVerdict, VERDICT_JSON_SCHEMA } from '../../functions/shared/verifier/openai/verdict.ts';
import { INTENT_CATALOGUE, intentTag } from '../../policy/intents.ts';
import { LIBRARY } from '../../templates/generated/library.ts';

type Node = { readonly [key: string]: unknown };
const SCHEMAS: [string, Node, v.GenericSchema][] = [
  ['mw_decision_v1', DECISION_JSON_SCHEMA, ModelDecision],
  ['mw_tier2_verifier_v1', VERDICT_JSON_SCHEMA, ModelVerdict],
];

/** Every schema inside, with its path. */
function* nodesOf(node: Node, path = ''): Generator<[string, Node]> {
  yield [path, node];
  for (const [name, part] of Object.entries((node.properties ?? {}) as Record<string, Node>))
    yield* nodesOf(part, `${path}.${name}`);
  if (node.items) yield* nodesOf(node.items as Node, `${path}[]`);
}
const at = (schema: Node, wanted: string): Node => {
  const found = [...nodesOf(schema)].find(([path]) => path === wanted);
  if (!found) throw new Error(`nothing at ${wanted}`);
  return found[1];
};

describe.each(SCHEMAS)('%s', (_name, schema, reader) => {
  it('is strict: closed objects, everything required, no keyword beyond the guaranteed ones', () => {
    const keywords = {
      object: ['type', 'additionalProperties', 'required', 'properties'],
      array: ['type', 'minItems', 'maxItems', 'items'],
      string: ['type', 'enum'],
      number: ['type', 'minimum', 'maximum'],
      boolean: ['type'],
    } as const;
    for (const [path, node] of nodesOf(schema)) {
      const types = [node.type].flat().filter((type) => type !== 'null') as (keyof typeof keywords)[];
      expect(types, path).toHaveLength(1);
      const [type] = types;
      expect(type && Object.keys(node).filter((key) => !keywords[type].some((one) => one === key)), path).toEqual([]);
      if (type !== 'object') continue;
      expect(node.additionalProperties, path).toBe(false);
      expect(node.required, path).toEqual(Object.keys(node.properties as object));
    }
    // Limits of strict mode: 5 levels, 5,000 properties, 1,000 values of closed lists.
    const paths = [...nodesOf(schema)].map(([path]) => path);
    expect(Math.max(...paths.map((path) => path.split(/[.[]/).length - 1))).toBeLessThanOrEqual(5);
    const values = [...nodesOf(schema)].reduce(
      (sum, [, { enum: list }]) => sum + ((list as unknown[])?.length ?? 0),
      0,
    );
    expect(values).toBeLessThanOrEqual(1000);
  });

  it('says the same as what we read with, but for lengths of strings', () => {
    const read = toJsonSchema(reader, { errorMode: 'ignore' });
    expect(plain(read as Node)).toEqual(plain(schema));
  });
});

/** One way to write what both kinds of schema say. */
function plain(node: Node): unknown {
  if (node.anyOf) {
    const [value] = (node.anyOf as Node[]).filter(({ type }) => type !== 'null');
    return plain({ ...value, type: [value?.type, 'null'].flat(), enum: [...((value?.enum ?? []) as unknown[]), null] });
  }
  const {
    $schema: _,
    properties,
    items,
    maxLength: _length,
    const: only,
    enum: list,
    required,
    type,
    ...rest
  } = node as Record<string, unknown>;
  const values = only === undefined ? (list as unknown[] | undefined) : [only];
  return {
    ...rest,
    type: type ?? 'string',
    ...(values && { enum: values }),
    ...(required !== undefined && { required: [...(required as string[])].sort() }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties as Node).map(([name, part]) => [name, plain(part as Node)]),
      ),
    }),
    ...(items !== undefined && { items: plain(items as Node) }),
  };
}

describe('H11: one set of words', () => {
  it.each([
    ['.primary_intent', INTENTS],
    ['.secondary_intents[]', INTENTS],
    ['.intent_scores[].intent', INTENTS],
    ['.routing.destination_team', TEAMS],
    ['.automation.tier', REQUESTED_TIERS],
    ['.automation.action', ACTIONS],
    ['.risk.flags[]', RISK_FLAGS],
  ] as const)('%s', (path, words) => {
    expect(at(DECISION_JSON_SCHEMA, path).enum).toEqual(words);
  });

  it('every template but the one that code alone chooses; null for none (decisions §3.4)', () => {
    expect(at(DECISION_JSON_SCHEMA, '.automation.template_id')).toEqual({
      type: ['string', 'null'],
      enum: [...TEMPLATE_IDS.filter((id) => id !== 't_order_eta_no_tracking_verified'), null],
    });
    expect(MODEL_TEMPLATES).toHaveLength(23);
  });

  it('the reasons of the verifier', () => {
    expect(at(VERDICT_JSON_SCHEMA, '.reason_code').enum).toEqual(VERIFIER_CODES);
  });

  it('prompt, catalogue, tags and template registry hold the same intents, teams and templates', () => {
    expect(Object.keys(DEFINITIONS)).toEqual([...INTENTS]);
    expect(Object.keys(INTENT_CATALOGUE).sort()).toEqual([...INTENTS].sort());
    expect(INTENTS.map(intentTag)).toEqual(INTENTS.map((intent) => `mw-intent-${intent}`));
    expect(Object.keys(ROUTE_TAG_OF_TEAM)).toEqual([...TEAMS]);
    const named = Object.values(INTENT_CATALOGUE).flatMap(({ templates, acknowledgement }) => [
      ...templates.tier1,
      ...templates.tier2,
      ...(acknowledgement ? [acknowledgement] : []),
    ]);
    expect([...new Set(named)].sort()).toEqual([...TEMPLATE_IDS].sort());
    const registered = LIBRARY.templates.map(({ meta }) => meta.id);
    expect(registered.filter((id) => !TEMPLATE_IDS.includes(id))).toEqual([]);
  });
});

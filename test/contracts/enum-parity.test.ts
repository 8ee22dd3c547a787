import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../events/catalogue.ts';
import {
  ACTIONS,
  DecisionInput,
  GATE_IDS,
  GateEntry,
  REQUESTED_TIERS,
  SCREEN_FAMILIES,
} from '../../events/decision.ts';
import { Intent, ReasonCode, RiskFlag, RouteTag, Team, TemplateId } from '../../events/fields.ts';
import { TEMPLATE_FLAG_NAMES, TEMPLATE_FLAG_PREFIX } from '../../events/flags.ts';
import {
  INTENTS,
  REASON_CODES,
  RISK_FLAGS,
  ROUTE_TAG_OF_TEAM,
  ROUTE_TAGS,
  TEAMS,
  TEMPLATE_IDS,
} from '../../events/words.ts';
import { DECISION_JSON_SCHEMA, ModelDecision } from '../../functions/shared/classifier/openai/decision-schema.ts';
import { GATE_WORDS, REASON_WORDS } from '../../operate/trail/words.ts';
import {
  ACKNOWLEDGEMENTS,
  INTENT_CATALOGUE,
  INTENT_OF_RISK_FLAG,
  intentTag,
  PRIORITY_CLASSES,
  readIntentTag,
  TEAM_FALLBACK,
} from '../../policy/intents.ts';
import { AUTO_CLOSE_ALLOWED } from '../../policy/tier-policy.ts';
import { LIBRARY } from '../../templates/generated/library.ts';
import { AUTO_CLOSE_ALLOWED as RESOLVING } from '../../templates/meta.ts';
import { dataSchema } from '../../tools/catalogue/json-schema.ts';
import { differences, enumsOfJsonSchema, enumsOfValibot } from './enum-sets.ts';

const classified = enumsOfJsonSchema(dataSchema(CATALOGUE.MessageClassified, '#/definitions/'));
const input = enumsOfValibot(DecisionInput);
const of = (sets: ReadonlyMap<string, readonly string[]>, path: string): readonly string[] => sets.get(path) ?? [];

describe('every closed list is the same wherever it is said (H11)', () => {
  it('intents: catalogue, classes, tag map, schemas of facts and inputs', () => {
    const readBack = INTENTS.flatMap((intent) => readIntentTag(intentTag(intent)) ?? []);
    const aliased = INTENTS.flatMap((intent) => readIntentTag(INTENT_CATALOGUE[intent].aliasTag) ?? []);
    expect(
      differences(INTENTS, {
        catalogue: Object.keys(INTENT_CATALOGUE),
        classes: Object.values(PRIORITY_CLASSES).flat(),
        'intent tags': readBack,
        'alias tags': aliased,
        'field schema': Intent.options,
        'fact schema': of(classified, 'primaryIntent'),
        'input: what a model asked for': of(input, 'classifier.requested.primary'),
        'input: blocked intents': of(input, 'flags.blocked_intents'),
      }),
    ).toEqual([]);
  });

  it('teams: route tags, substitutes, schemas', () => {
    expect(
      differences(TEAMS, {
        'route tags': Object.keys(ROUTE_TAG_OF_TEAM),
        substitutes: Object.keys(TEAM_FALLBACK),
        'field schema': Team.options,
        'input: teams available': of(input, 'setup.teamsAvailable'),
      }),
    ).toEqual([]);
    expect(differences(ROUTE_TAGS, { 'field schema': RouteTag.options })).toEqual([]);
  });

  it('templates: intents, schemas, switches and the library name the same', () => {
    const candidates = INTENTS.flatMap((intent) => Object.values(INTENT_CATALOGUE[intent].templates).flat());
    expect(
      differences(TEMPLATE_IDS, {
        'intents and acknowledgements': new Set([...candidates, ...ACKNOWLEDGEMENTS]),
        'field schema': TemplateId.options,
        switches: TEMPLATE_FLAG_NAMES.map((name) => name.slice(TEMPLATE_FLAG_PREFIX.length)),
        'input: what a model asked for': of(input, 'classifier.requested.templateId'),
        'input: templates available': of(input, 'setup.templatesAvailable'),
      }),
    ).toEqual([]);
    expect(differences(TEMPLATE_IDS, { registry: LIBRARY.templates.map(({ meta }) => meta.id) })).toEqual([]);
    expect(differences(AUTO_CLOSE_ALLOWED, { 'may resolve': RESOLVING })).toEqual([]);
  });

  it('what the model may answer: the vendor’s schema and our reader, list by list, and both the shared words', () => {
    const vendor = enumsOfJsonSchema(DECISION_JSON_SCHEMA);
    expect(enumsOfValibot(ModelDecision)).toEqual(vendor);
    for (const path of ['primary_intent', 'secondary_intents', 'intent_scores.intent']) {
      expect(differences(INTENTS, { [path]: of(vendor, path) })).toEqual([]);
    }
    // Code alone chooses the estimate (decisions §3.4).
    const visible = TEMPLATE_IDS.filter((id) => id !== 't_order_eta_no_tracking_verified');
    expect(
      [
        differences(TEAMS, { model: of(vendor, 'routing.destination_team') }),
        differences(visible, { model: of(vendor, 'automation.template_id') }),
        differences(REQUESTED_TIERS, { model: of(vendor, 'automation.tier') }),
        differences(ACTIONS, { model: of(vendor, 'automation.action') }),
        differences(RISK_FLAGS, { model: of(vendor, 'risk.flags') }),
      ].flat(),
    ).toEqual([]);
  });

  it('a template answers the intents that name it, in the tier that names it; what is for people only has Tier 0 or its own intent', () => {
    for (const { meta } of LIBRARY.templates) {
      const naming = INTENTS.filter((intent) => {
        const { templates, acknowledgement } = INTENT_CATALOGUE[intent];
        return acknowledgement === meta.id || Object.values(templates).flat().includes(meta.id);
      });
      expect(differences(meta.intents, { [meta.id]: naming })).toEqual([]);
      for (const intent of naming) {
        const { templates, acknowledgement, highestTier } = INTENT_CATALOGUE[intent];
        if (acknowledgement === meta.id) expect(meta.tier, meta.id).toBe(highestTier ?? 1);
        else expect(meta.tier === 2 ? templates.tier2 : templates.tier1).toContain(meta.id);
      }
    }
  });

  it('risk flags, reason codes and gates: schemas and what operators read', () => {
    expect(
      differences(RISK_FLAGS, {
        'field schema': RiskFlag.options,
        'screen families': SCREEN_FAMILIES,
        'intents of flags': [...Object.keys(INTENT_OF_RISK_FLAG), 'OTHER_HIGH_RISK'],
        'input: what a model asked for': of(input, 'classifier.requested.riskFlags'),
      }),
    ).toEqual([]);
    expect(differences(REASON_CODES, { 'field schema': ReasonCode.options, words: Object.keys(REASON_WORDS) })).toEqual(
      [],
    );
    expect(
      differences(GATE_IDS, {
        'report schema': enumsOfValibot(GateEntry).get('gate') ?? [],
        words: Object.keys(GATE_WORDS),
      }),
    ).toEqual([]);
  });
});

describe('the comparison itself', () => {
  it('names what lacks, what is foreign and what stands twice', () => {
    expect(
      differences(['a', 'b'], { same: ['b', 'a'], short: ['a'], long: ['a', 'b', 'c'], twice: ['a', 'b', 'a'] }),
    ).toEqual(['short lacks b', 'long has c', 'twice has a twice']);
  });

  it('finds the lists of a JSON Schema and of a valibot schema under the same paths', () => {
    const json = {
      type: 'object',
      properties: {
        version: { type: 'string', enum: ['v1'] },
        tier: { type: ['string', 'null'], enum: ['x', null] },
        scores: { type: 'array', items: { type: 'object', properties: { intent: { enum: ['a', 'b'] } } } },
      },
    };
    const valibot = v.strictObject({
      version: v.literal('v1'),
      tier: v.nullable(v.picklist(['x'])),
      scores: v.pipe(v.array(v.object({ intent: v.optional(v.picklist(['a', 'b'])) })), v.maxLength(3)),
    });
    const expected = new Map([
      ['version', ['v1']],
      ['tier', ['x']],
      ['scores.intent', ['a', 'b']],
    ]);
    expect(enumsOfJsonSchema(json)).toEqual(expected);
    expect(enumsOfValibot(valibot)).toEqual(expected);
  });
});

/** H11: the closed lists are the same wherever they are spoken. Each place gives its own words, read from what it uses. */
import * as v from 'valibot';
import { Intent, RiskFlag, Team, TemplateId } from '../../../events/fields.ts';
import { TEMPLATE_FLAG_NAMES, TEMPLATE_FLAG_PREFIX } from '../../../events/flags.ts';
import { INTENTS, RISK_FLAGS, TEAMS, TEMPLATE_IDS } from '../../../events/words.ts';
import { DECISION_JSON_SCHEMA, ModelDecision } from '../../../functions/shared/classifier/openai/decision-schema.ts';
import { INTENT_CATALOGUE, intentTag, readIntentTag, TEAM_FALLBACK } from '../../../policy/intents.ts';
import { LIBRARY } from '../../../templates/generated/library.ts';
import { GoldenRow } from '../golden/schema.ts';
import { exactly, type Gate, gate } from './gate.ts';

type Words = readonly string[];
export type Place = {
  readonly list: string;
  readonly place: string;
  readonly words: Words;
  readonly must: Words;
};

/** Tags and their intents both ways: what is written is read back as itself, and the alias as the same. */
const TAGGED: Words = INTENTS.filter(
  (intent) =>
    readIntentTag(intentTag(intent)) === intent && readIntentTag(INTENT_CATALOGUE[intent].aliasTag) === intent,
);

/** Chosen by code alone, out of order facts that the model never sees (decisions §3.4). */
const SHOWN_TO_MODEL: Words = TEMPLATE_IDS.filter((id) => id !== 't_order_eta_no_tracking_verified');

const routing = ModelDecision.entries.routing.entries;
const automation = ModelDecision.entries.automation.entries;

/** The words that the vendor's schema offers at a path below its properties. */
function offered(...path: readonly string[]): Words {
  let at: unknown = DECISION_JSON_SCHEMA.properties;
  for (const key of path) at = (at as Record<string, unknown>)[key];
  return (at as { readonly enum: Words }).enum;
}

const SWITCHED: Words = TEMPLATE_FLAG_NAMES.map((name) => name.slice(TEMPLATE_FLAG_PREFIX.length));

export const PLACES: readonly Place[] = [
  { list: 'intents', place: 'valibot', words: Intent.options, must: INTENTS },
  { list: 'intents', place: 'policy', words: Object.keys(INTENT_CATALOGUE), must: INTENTS },
  { list: 'intents', place: 'tag map', words: TAGGED, must: INTENTS },
  { list: 'intents', place: 'golden', words: GoldenRow.entries.intent.options, must: INTENTS },
  { list: 'intents', place: 'model schema, primary', words: offered('primary_intent'), must: INTENTS },
  { list: 'intents', place: 'model schema, secondaries', words: offered('secondary_intents', 'items'), must: INTENTS },
  {
    list: 'intents',
    place: 'model schema, scores',
    words: offered('intent_scores', 'items', 'properties', 'intent'),
    must: INTENTS,
  },
  { list: 'intents', place: 'model reader', words: ModelDecision.entries.primary_intent.options, must: INTENTS },
  { list: 'teams', place: 'valibot', words: Team.options, must: TEAMS },
  { list: 'teams', place: 'policy', words: Object.keys(TEAM_FALLBACK), must: TEAMS },
  { list: 'teams', place: 'golden', words: GoldenRow.entries.destination_team.options, must: TEAMS },
  {
    list: 'teams',
    place: 'model schema',
    words: offered('routing', 'properties', 'destination_team'),
    must: TEAMS,
  },
  { list: 'teams', place: 'model reader', words: routing.destination_team.options, must: TEAMS },
  { list: 'templates', place: 'valibot', words: TemplateId.options, must: TEMPLATE_IDS },
  { list: 'templates', place: 'switches', words: SWITCHED, must: TEMPLATE_IDS },
  { list: 'templates', place: 'library', words: LIBRARY.templates.map(({ meta }) => meta.id), must: TEMPLATE_IDS },
  { list: 'templates', place: 'golden', words: v.unwrap(GoldenRow.entries.template_id).options, must: TEMPLATE_IDS },
  { list: 'templates', place: 'policy', words: templatesOfPolicy(), must: TEMPLATE_IDS },
  {
    list: 'templates',
    place: 'model schema',
    words: offered('automation', 'properties', 'template_id').filter((id) => id !== null),
    must: SHOWN_TO_MODEL,
  },
  { list: 'templates', place: 'model reader', words: v.unwrap(automation.template_id).options, must: SHOWN_TO_MODEL },
  { list: 'risk flags', place: 'valibot', words: RiskFlag.options, must: RISK_FLAGS },
  {
    list: 'risk flags',
    place: 'model schema',
    words: offered('risk', 'properties', 'flags', 'items'),
    must: RISK_FLAGS,
  },
];

function templatesOfPolicy(): Words {
  const entries = Object.values(INTENT_CATALOGUE);
  const listed = entries.flatMap(({ templates, acknowledgement }) => [
    ...templates.tier2,
    ...templates.tier1,
    ...(acknowledgement === null ? [] : [acknowledgement]),
  ]);
  return [...new Set(listed)];
}

export function parityGate(places: readonly Place[] = PLACES): Gate {
  const different = places.filter((place) => !isSame(place));
  const note = different.map(({ list, place }) => `${list}: ${place}`).join(', ');
  return gate('H11', 'enum parity', [exactly('differentLists', different.length, 0)], note);
}

function isSame({ words, must }: Place): boolean {
  const known = new Set(must);
  const isWithin = new Set(words).size === words.length && words.every((word) => known.has(word));
  return isWithin && words.length === must.length;
}

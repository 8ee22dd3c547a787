/** The bus as an AsyncAPI 3 document: one channel, what each function states on it, what each rule takes from it. */
import type { Definition, EventName } from '../../events/catalogue.ts';
import { FUNCTIONS } from '../../events/words.ts';
import type { RuleDeclaration } from '../../functions/shared/rules.ts';
import { consumersOf, heardBy } from './consumers.ts';
import { exampleOf } from './example.ts';
import { dataSchema, type SchemaObject, shapeSchemas } from './json-schema.ts';

/** All facts, or some of them. */
type Catalogue = Readonly<Partial<Record<EventName, Definition>>>;

const CHANNEL = 'frontdesk';
const PLACE = '#/components/schemas/';

/** @param version  of the package that states these facts. */
export function asyncApiDocument(catalogue: Catalogue, rules: readonly RuleDeclaration[], version: string) {
  const onOurBus = rules.filter(({ bus = 'frontdesk' }) => bus === 'frontdesk');
  const facts = Object.values(catalogue);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Frontdesk events',
      version,
      description:
        'Generated from events/ and the rules of the consumers. Every fact that the functions of Frontdesk state on their EventBridge bus.',
    },
    defaultContentType: 'application/json',
    channels: {
      [CHANNEL]: {
        address: 'frontdesk-{env}',
        title: 'Custom EventBridge bus',
        description:
          'source is frontdesk.<function>, detail-type the name of the event, detail holds metadata and data. At least once, unordered.',
        parameters: { env: { enum: ['local', 'dev', 'staging', 'prod'], description: 'Stage' } },
        messages: Object.fromEntries(facts.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }])),
      },
    },
    operations: { ...sends(facts), ...receives(onOurBus, facts) },
    components: {
      messages: Object.fromEntries(facts.map((fact) => [fact.name, message(fact, onOurBus)])),
      schemas: shapeSchemas(PLACE),
    },
  };
}

function sends(facts: readonly Definition[]) {
  const producers = FUNCTIONS.map((producer) => ({
    producer,
    stated: facts.filter(({ producers }) => (producers as readonly string[]).includes(producer)),
  }));
  return Object.fromEntries(
    producers
      .filter(({ stated }) => stated.length > 0)
      .map(({ producer, stated }) => [
        `${producer}-states`,
        operation(
          'send',
          `What ${producer} states`,
          stated.map(({ name }) => name),
        ),
      ]),
  );
}

function receives(rules: readonly RuleDeclaration[], facts: readonly Definition[]) {
  const all = facts.map(({ name }) => name);
  return Object.fromEntries(
    rules.map((rule) => [
      `${rule.name}-hears`,
      operation('receive', `What the rule ${rule.name} brings to ${rule.target}`, heardBy(rule, all)),
    ]),
  );
}

function operation(action: 'send' | 'receive', title: string, names: readonly EventName[]) {
  return {
    action,
    title,
    channel: { $ref: `#/channels/${CHANNEL}` },
    messages: names.map((name) => ({ $ref: `#/channels/${CHANNEL}/messages/${name}` })),
  };
}

function message(definition: Definition, rules: readonly RuleDeclaration[]) {
  const { name, version, pii, producers, says } = definition;
  const payload: SchemaObject = {
    type: 'object',
    properties: {
      metadata: { $ref: `${PLACE}Metadata` },
      data: dataSchema(definition, PLACE),
    },
    required: ['metadata', 'data'],
    additionalProperties: false,
  };
  return {
    name,
    title: `${name} ${version}`,
    summary: says,
    contentType: 'application/json',
    payload,
    examples: [{ name: 'working', payload: exampleOf(definition) }],
    'x-privacy-class': pii,
    'x-producers': [...producers],
    'x-consumers': [...new Set(consumersOf(name, rules).map((consumer) => consumer.function))],
  };
}

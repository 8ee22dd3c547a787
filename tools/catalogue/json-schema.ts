/** JSON Schemas of facts, derived from the strict valibot schemas (architecture §2). */
import { type ConversionConfig, type JsonSchema, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import type { Definition } from '../../events/catalogue.ts';
import { Candidate, Decision, DecisionInput, OrderLabels } from '../../events/decision.ts';
import { Metadata } from '../../events/envelope.ts';
import { Instant } from '../../events/fields.ts';
import type { AnySchema } from '../../events/schema.ts';

export type { JsonSchema };
export type SchemaObject = Exclude<JsonSchema, boolean>;

/** What several facts carry: said once, referred to by name. */
const SHAPES = { Metadata, DecisionInput, Decision, Candidate, OrderLabels };
export type ShapeName = keyof typeof SHAPES;
export const SHAPE_NAMES = Object.keys(SHAPES) as ShapeName[];

const DRAFT = 'http://json-schema.org/draft-07/schema#';
/** Its pattern is said in the schema; that the day exists on the calendar is what `date-time` says. */
const [, , REAL_INSTANT] = Instant.pipe;

/** Where a document keeps its shapes, e.g. `#/definitions/`. */
type Place = `#/${string}/`;

/** Data of a fact; shapes are references into `place`. */
export function dataSchema(definition: Definition, place: Place): SchemaObject {
  return schemaOf(definition.strict as unknown as AnySchema, place);
}

export function shapeSchemas(place: Place): Record<ShapeName, SchemaObject> {
  return toJsonSchemaDefs(SHAPES, conversion(place)) as Record<ShapeName, SchemaObject>;
}

/** The whole `detail` of one fact on the bus, with the shapes it uses. */
export function detailSchema(definition: Definition): SchemaObject {
  const place = '#/definitions/';
  const data = dataSchema(definition, place);
  return {
    $schema: DRAFT,
    $id: `urn:frontdesk:event:${definition.name}:${definition.version}`,
    title: definition.name,
    description: definition.says,
    type: 'object',
    properties: {
      metadata: {
        allOf: [
          { $ref: `${place}Metadata` },
          {
            properties: {
              eventName: { const: definition.name },
              producer: { enum: [...definition.producers] },
              piiClass: { const: definition.pii },
            },
          },
        ],
      },
      data,
    },
    required: ['metadata', 'data'],
    additionalProperties: false,
    definitions: usedShapes(data, place),
  };
}

/** `Metadata`, and every shape that the schema refers to, directly or through another. */
function usedShapes(schema: SchemaObject, place: Place): Record<string, SchemaObject> {
  const shapes = shapeSchemas(place);
  const used = new Set<ShapeName>(['Metadata']);
  let text = JSON.stringify(schema);
  for (const _ of SHAPE_NAMES) {
    for (const name of SHAPE_NAMES) if (text.includes(`"${place}${name}"`)) used.add(name);
    text = JSON.stringify([schema, ...[...used].map((name) => shapes[name])]);
  }
  return Object.fromEntries(SHAPE_NAMES.filter((name) => used.has(name)).map((name) => [name, shapes[name]]));
}

function schemaOf(schema: AnySchema, place: Place, definitions: Partial<typeof SHAPES> = SHAPES): SchemaObject {
  const { $schema: _, $defs: __, ...rest } = toJsonSchema(schema, { ...conversion(place), definitions });
  return rest;
}

/** Throws on any valibot action that JSON Schema cannot say, so that no constraint is lost unseen. */
function conversion(place: Place): Omit<ConversionConfig, 'definitions'> {
  return {
    target: 'draft-07',
    overrideRef: ({ referenceId }) => `${place}${referenceId}`,
    overrideSchema: ({ valibotSchema }) => (isRecord(valibotSchema) ? recordSchema(valibotSchema, place) : undefined),
    overrideAction: ({ valibotAction, jsonSchema }) =>
      Object.is(valibotAction, REAL_INSTANT) ? { ...jsonSchema, format: 'date-time' } : undefined,
  };
}

type RecordSchema = AnySchema & { readonly key: AnySchema; readonly value: AnySchema };

function isRecord(schema: { readonly type: string }): schema is RecordSchema {
  return schema.type === 'record';
}

/** A record whose keys are a closed list: the library knows plain string keys only. Its values stand as they are. */
function recordSchema({ key, value }: RecordSchema, place: Place): SchemaObject {
  return { type: 'object', propertyNames: schemaOf(key, place, {}), additionalProperties: schemaOf(value, place, {}) };
}

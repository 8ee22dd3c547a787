/**
 * JSON Schemas of strict structured output: closed objects, every property required, no length of strings, which strict
 * mode does not promise to keep (decisions §3.4).
 */

export type StrictSchema = Readonly<Record<string, unknown>>;

export const object = (properties: Readonly<Record<string, StrictSchema>>): StrictSchema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
export const list = (items: StrictSchema, most: number, least?: number): StrictSchema => ({
  type: 'array',
  ...(least !== undefined && { minItems: least }),
  maxItems: most,
  items,
});
export const oneOf = (values: readonly string[]): StrictSchema => ({ type: 'string', enum: [...values] });
/** Nullable by a union of types. */
export const oneOfOrNull = (values: readonly string[]): StrictSchema => ({
  type: ['string', 'null'],
  enum: [...values, null],
});
export const share: StrictSchema = { type: 'number', minimum: 0, maximum: 1 };
export const yesOrNo: StrictSchema = { type: 'boolean' };
export const anyText: StrictSchema = { type: 'string' };

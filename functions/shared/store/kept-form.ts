/** How items are kept in DynamoDB: keys are strings there, so instants that are index keys are kept as ISO (platform §2.2). */
import type { Item, Value } from './language.ts';
import { TABLE_KEYS } from './tables.ts';

const INSTANTS: ReadonlySet<string> = new Set(
  Object.values(TABLE_KEYS).flatMap(({ indexes }) => Object.values(indexes).map(({ sortKey }) => sortKey)),
);
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Epoch milliseconds → ISO where the attribute is an index key; ISO of four-digit years sorts as time does. */
export function keptValue(attribute: string, value: Value): Value {
  return INSTANTS.has(attribute) && typeof value === 'number' ? new Date(value).toISOString() : value;
}

export function keptItem(item: Item): Item {
  return mapItem(item, keptValue);
}

/** The item as the code knows it. */
export function readItem(item: Item): Item {
  return mapItem(item, (attribute, value) =>
    INSTANTS.has(attribute) && typeof value === 'string' && ISO.test(value) ? Date.parse(value) : value,
  );
}

function mapItem(item: Item, form: (attribute: string, value: Value) => Value): Item {
  return Object.fromEntries(Object.entries(item).map(([attribute, value]) => [attribute, form(attribute, value)]));
}

/** The bus in memory: what was published, in order, and a listener that may deliver it. */
import { VendorError } from '../errors.ts';
import type { Bus, BusEntry } from '../ports.ts';

const ENTRIES_A_CALL = 10;

/** @param onPublished  called once an entry is durable, before the caller has its answer. */
export function memoryBus(
  onPublished: (entry: BusEntry) => void = () => {},
): Bus & { readonly published: readonly BusEntry[] } {
  const published: BusEntry[] = [];
  return {
    published,
    async putEvents(entries) {
      if (entries.length === 0 || entries.length > ENTRIES_A_CALL) throw new VendorError('eventbridge', 'invalid');
      const failed: { index: number; code: string }[] = [];
      for (const [index, entry] of entries.entries()) {
        if (!isJsonObject(entry.detail)) {
          failed.push({ index, code: 'MalformedDetail' });
          continue;
        }
        published.push(entry);
        onPublished(entry);
      }
      return { failed };
    },
  };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

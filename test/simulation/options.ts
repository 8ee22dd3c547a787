/** The options of `npm run simulate` (interfaces §5), as far as there is something behind them. */
import { parseArgs } from 'node:util';
import { FAULT_NAMES, type FaultName } from './world/faults.ts';

export type Options = {
  readonly seed: string;
  readonly conversations: number;
  readonly faults: 'none' | 'all' | readonly FaultName[];
  readonly json: string | null;
};
export type ReadOptions =
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly says: string };

export function readOptions(args: readonly string[]): ReadOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '1' },
        conversations: { type: 'string', default: '500' },
        faults: { type: 'string', default: 'all' },
        json: { type: 'string' },
      },
    });
    const conversations = Number(values.conversations);
    if (!Number.isInteger(conversations) || conversations < 1)
      return { ok: false, says: `--conversations wants a whole number from 1, not "${values.conversations}"` };
    const faults = readFaults(values.faults);
    if (typeof faults === 'object' && 'unknown' in faults)
      return { ok: false, says: `unknown fault "${faults.unknown}"; there are: none, all, ${FAULT_NAMES.join(', ')}` };
    return { ok: true, options: { seed: values.seed, conversations, faults, json: values.json ?? null } };
  } catch (error) {
    return { ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}

function readFaults(text: string): Options['faults'] | { readonly unknown: string } {
  if (text === 'none' || text === 'all') return text;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(FAULT_NAMES as readonly string[]).includes(name));
  return unknown === undefined ? (names as FaultName[]) : { unknown };
}

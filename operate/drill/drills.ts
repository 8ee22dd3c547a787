/** The drills there are: each table lost by itself, then all of them (platform §5.10). */
import type { TableName } from '../../functions/shared/store/language.ts';
import { TABLE_KEYS } from '../../functions/shared/store/tables.ts';
import { misuse } from '../failure.ts';

export type Drill = { readonly name: string; readonly tables: readonly TableName[]; readonly says: string };

/** What each table holds, and what it is rebuilt from; docs/recovery.md tells the whole of it. */
const HOLDS: Readonly<Record<TableName, string>> = {
  idempotency: 'the ledger: who was answered, what is under way; rebuilt from the audit trail',
  conversation_state: 'order, sticky Tier 0, routes, replies and open flows; rebuilt from the audit trail',
  audit_trail: 'every fact; its decisions and outcomes are rebuilt from the facts archive',
  vault: 'order facts and texts that live for hours; not rebuilt: replies that need them are denied',
  vendor_limits: 'vendor budgets and circuits of the last minutes; fills again by itself',
  read_models: 'the timelines that people read; rebuilt from the facts archive',
};

const TABLES = Object.keys(TABLE_KEYS) as TableName[];

export const DRILLS: readonly Drill[] = [
  ...TABLES.map((name) => ({ name, tables: [name], says: HOLDS[name] })),
  { name: 'all-tables', tables: TABLES, says: 'every table at once; rebuilt from the archives alone' },
];

/** All of them, or the one that is named. */
export function chosenDrills(name: string | undefined): readonly Drill[] {
  if (name === undefined) return DRILLS;
  const found = DRILLS.filter((drill) => drill.name === name);
  if (found.length > 0) return found;
  throw misuse(
    'unknown_drill',
    'there is no such drill',
    `leave the name out for all, or name one: ${DRILLS.map((drill) => drill.name).join(', ')}, kill-switch`,
  );
}

/** What it costs and whether it is well. The trail is counted at once where it is short, and on a person's word where it is long. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ROOT } from '../../../local/platform/release.ts';
import { type CostValue, cost, costOfNothing } from '../../commands/cost.ts';
import { health } from '../../commands/health.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../failure.ts';
import { bytesByPart } from '../../health/disk.ts';
import { openTablesAside } from '../../instance/tables.ts';
import { action } from '../desk/action.ts';

/** Counted within a moment. */
const SHORT_BYTES = 48 * 1024 * 1024;
/** What was counted stands so long, for pages that are opened again and again. */
const STANDS_MS = 60_000;
/** Walking all pages of a large file takes seconds. */
const DISK_STANDS_MS = 10 * 60_000;

export type CostState = {
  readonly value: CostValue;
  /** RFC 3339; `null` where nothing was counted yet: then only what each path costs is known. */
  readonly countedAt: string | null;
};

let counted: { readonly of: string; readonly at: number; readonly value: CostValue } | null = null;
let measured: { readonly of: string; readonly at: number; readonly value: unknown } | null = null;

async function costState(context: Context): Promise<CostState> {
  const { dataDir } = context;
  const own = counted?.of === dataDir ? counted : null;
  const bytes = statSync(join(dataDir, 'aws.sqlite'), { throwIfNoEntry: false })?.size ?? 0;
  if (bytes <= SHORT_BYTES && (own === null || Date.now() - own.at > STANDS_MS)) return count(context);
  if (own === null) return { value: costOfNothing(context), countedAt: null };
  return { value: own.value, countedAt: new Date(own.at).toISOString() };
}

async function count(context: Context): Promise<CostState> {
  context.tell('reading the audit trail');
  const value = (await cost(context, {}, openTablesAside)).value as CostValue;
  counted = { of: context.dataDir, at: Date.now(), value };
  return { value, countedAt: new Date(counted.at).toISOString() };
}

function disk({ dataDir }: Context): unknown {
  if (measured?.of === dataDir && Date.now() - measured.at < DISK_STANDS_MS) return measured.value;
  measured = { of: dataDir, at: Date.now(), value: bytesByPart(dataDir) };
  return measured.value;
}

/** A page that an alarm names, of this very release. @param page  relative to the repository, without its ending */
function runbook(page: string): { readonly title: string; readonly markdown: string } {
  try {
    const markdown = readFileSync(join(ROOT, `${page}.md`), 'utf8');
    return { title: /^# (.+)$/m.exec(markdown)?.[1] ?? page, markdown };
  } catch {
    throw new Failure('no_page', 'this release has no such page', 'look into docs/runbooks of the repository');
  }
}

export const COST_ACTIONS = [
  action({ name: 'health', kind: 'read', input: v.strictObject({}), run: (context) => health(context) }),
  action({
    name: 'cost',
    kind: 'read',
    input: v.strictObject({}),
    run: async (context) => ({ value: await costState(context) }),
  }),
  action({
    name: 'count-cost',
    kind: 'job',
    input: v.strictObject({}),
    run: async (context) => ({ value: await count(context) }),
  }),
  action({
    name: 'disk',
    kind: 'read',
    input: v.strictObject({}),
    run: (context) => ({ value: disk(context) }),
  }),
  action({
    name: 'runbook',
    kind: 'read',
    input: v.strictObject({ page: v.pipe(v.string(), v.regex(/^docs\/(runbooks\/R\d{3}|access|operations)$/)) }),
    run: (_, { page }) => ({ value: runbook(page) }),
  }),
];

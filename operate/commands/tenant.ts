/** `tenant verify` and `tenant report`: what is known of the real workspace, and what would have been done in it. */

import type { Tenant } from '../../config/tenant.ts';
import { HELD_FLAGS, heldBack } from '../../config/tenant-flags.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import { flagsOfMode } from '../../local/platform/modes.ts';
import { timeScaleFrom } from '../../local/platform/options.ts';
import { StartProblem } from '../../local/platform/problem.ts';
import { tenantFile } from '../../local/platform/workspace-options.ts';
import { type Workspace, workspaceFrom } from '../../local/workspace/settings.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { openTables } from '../instance/tables.ts';
import { table } from '../table.ts';
import { adviceFor } from '../tenant/advice.ts';
import { reportOfFacts, shadowText } from '../tenant/shadow-report.ts';
import { answersInOrder, type Verified, verifyTenant } from '../tenant/verify.ts';

export type VerifyFlags = {
  readonly sample: string;
  readonly tickets?: string;
  readonly listen?: string;
  readonly listenPort: string;
  readonly allowWrites?: boolean;
  readonly ticket?: readonly string[];
  readonly wait: string;
};

export async function verify(context: Context, flags: VerifyFlags): Promise<Answer> {
  const { tenant, requests } = await runVerify(context, requireWorkspace(context), flags);
  const held = heldFlags(tenant);
  return {
    value: {
      workspace: tenant.workspace,
      file: tenantFile(context.variables),
      requests,
      answers: tenant.answers,
      held: held.map(({ flag, item, says }) => ({ flag, item, says })),
    },
    text: verifyText(tenant, held, tenantFile(context.variables)),
  };
}

import { RECORDS_ONLY } from '../trail/trail.ts';
/** Throws a `Failure` of wrong usage before anything is asked. */
export function runVerify(context: Context, workspace: Workspace, flags: VerifyFlags): Promise<Verified> {
  const testTickets = flags.ticket ?? [];
  if (flags.allowWrites && testTickets.length === 0)
    throw misuse(
      'no_test_ticket',
      '--allow-writes wants a test ticket',
      'name one with --ticket ID, better one a channel',
    );
  if (!flags.allowWrites && testTickets.length > 0)
    throw misuse(
      'no_writes',
      '--ticket names a ticket to write to',
      'add --allow-writes, or use --tickets to read some',
    );
  return verifyTenant({
    workspace,
    file: tenantFile(context.variables),
    tickets: (flags.tickets ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
    sample: whole('--sample', flags.sample, 1, 500),
    testTickets,
    waitMs: whole('--wait', flags.wait, 0, 86_400) * 1000,
    listen:
      flags.listen === undefined
        ? null
        : {
            ms: whole('--listen', flags.listen, 1, 86_400) * 1000,
            port: whole('--listen-port', flags.listenPort, 0, 65_535),
          },
    timeScale: waitScaleOf(context, workspace),
    tell: context.tell,
  });
}

/** Waits for a workspace on this machine may be shortened, those for a real one never. */
function waitScaleOf({ variables }: Context, { isLoopback }: Workspace): number {
  if (!isLoopback) return 1;
  try {
    return timeScaleFrom(variables.FRONTDESK_TIME_SCALE);
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    throw misuse('invalid_time_scale', error.message, 'correct it, or unset it');
  }
}

export function requireWorkspace({ variables }: Context): Workspace {
  const found = workspaceFrom(variables);
  if (!found.ok) throw misuse('no_workspace', found.problem, found.cure);
  return found.workspace;
}

/** What the answers hold back of everything that could be on. */
export function heldFlags({ answers }: Tenant) {
  const wanted = { ...flagsOfMode('auto'), order_match_verified_enabled: 'true', agent_note_enabled: 'true' };
  return HELD_FLAGS.flatMap((flag) => heldBack(flag, Object(wanted)[flag] ?? '', answers) ?? []);
}

export function verifyText(tenant: Tenant, held: ReturnType<typeof heldFlags>, file: string): string {
  const rows = answersInOrder(tenant).map(({ item, answer, why, parts, evidence }) => [
    item,
    answer,
    why ?? '',
    Object.entries({ ...parts, ...evidence })
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  ]);
  const advice = adviceFor(tenant.answers);
  return [
    table(['item', 'answer', 'why', 'evidence'], rows),
    '',
    ...(held.length === 0 ? ['No flag is held back.'] : ['Held back; inconclusive and unknown count as no:']),
    ...held.map(({ says }) => `  ${says}`),
    '',
    ...(advice.length === 0 ? [] : ['Until they are a yes:', ...advice.map((line) => `  ${line}`), '']),
    `Written to ${file}. How each item is settled: docs/connect-richpanel.md`,
  ].join('\n');
}

/** Of a running instance, or of the folder. */
export async function shadowReport(context: Context): Promise<Answer> {
  const tables = await openTables(context);
  try {
    const facts: AnyEvent[] = [];
    for await (const item of tables.scan('audit_trail', RECORDS_ONLY)) {
      if (facts.length >= MOST_FACTS)
        throw new Failure(
          'too_many',
          'the trail is too long for one report',
          'look at single tickets with `ticket ID`',
        );
      facts.push(JSON.parse(String(item.envelope)) as AnyEvent);
    }
    const report = reportOfFacts(facts.toSorted(inTime));
    return { value: report, text: shadowText(report) };
  } finally {
    await tables.close();
  }
}

const MOST_FACTS = 200_000;

function inTime({ metadata: a }: AnyEvent, { metadata: b }: AnyEvent): number {
  return a.publishedAt.localeCompare(b.publishedAt) || a.hops - b.hops;
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < least || value > most)
    throw misuse('invalid_number', `${name} takes a whole number from ${least} to ${most}`, `correct ${name}`);
  return value;
}

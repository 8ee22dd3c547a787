/** `tenant verify`: asks the workspace V1–V15 by public API and webhooks, and writes the answers down. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readTenantFile, TENANT_ITEMS, type Tenant, type TenantItem, writeTenantFile } from '../../config/tenant.ts';
import { decodeEntities } from '../../functions/shared/helpdesk/html.ts';
import { restrained } from '../../functions/shared/helpdesk/restrained.ts';
import { identifierOf } from '../../functions/shared/helpdesk/shapes.ts';
import type { Ticket } from '../../functions/shared/ports.ts';
import { listRows } from '../../local/workspace/listing.ts';
import { paceOf, WINDOW_MS } from '../../local/workspace/pace.ts';
import { type Why, type WorkspaceReader, workspaceReader } from '../../local/workspace/reader.ts';
import { transportTo, type Workspace } from '../../local/workspace/settings.ts';
import { Failure } from '../failure.ts';
import type { Finding } from './answer.ts';
import { probeLines } from './guide.ts';
import { judgeFields, judgeLinks, judgeOrderEmail } from './judge-orders.ts';
import { judgeAuthors, judgeLists } from './judge-people.ts';
import { judgeSessions } from './judge-session.ts';
import { judgeWebhooks, type WebhookEvidence } from './judge-webhooks.ts';
import { mergeFindings } from './merge.ts';
import { type ProbeHeard, readProbe } from './probes.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { readTicket, type Sample, takeSample } from './sample.ts';
import { runSession, type SessionResult } from './session.ts';
import { testWriter } from './writer.ts';

export type VerifyOptions = {
  readonly workspace: Workspace;
  readonly file: string;
  /** Tickets to look at, in place of the list. */
  readonly tickets: readonly string[];
  readonly sample: number;
  /** Test tickets that may be written to. */
  readonly testTickets: readonly string[];
  readonly waitMs: number;
  readonly listen: { readonly ms: number; readonly port: number } | null;
  /** Of the waits nobody asked for; 1 for a real workspace. */
  readonly timeScale: number;
  readonly tell: (line: string) => void;
};
export type Verified = { readonly tenant: Tenant; readonly sample: Sample; readonly requests: number };

/** Below the vendor's 50 in 30 s, so that agents' own tools keep some (reference §1.3). */
const REQUESTS = 40;

/** Throws a `Failure` when the key or the address is wrong; then nothing is written down. */
export async function verifyTenant(options: VerifyOptions): Promise<Verified> {
  const { workspace, file, tell } = options;
  const before = readTenantFile(file);
  if (!before.ok) throw new Failure('tenant_file', `${file}: ${before.problem}`, before.cure);
  const { reader, count } = countingReader(workspace, options.timeScale);
  tell(`Asking ${workspace.origin}`);
  await checkKey(reader);
  const receiver = options.listen === null ? null : await openReceiver(options.listen.port);
  try {
    const listenUntil = performance.now() + (options.listen?.ms ?? 0);
    if (receiver !== null) for (const line of probeLines(receiver.url)) tell(line);
    const lists = {
      teams: await listRows(reader, '/teams', ['team', 'teams'], { pages: 3 }),
      tags: await listRows(reader, '/tags', ['tag', 'tags'], { pages: 10 }),
    };
    const sample = await takeSample(reader, {
      named: options.tickets,
      most: options.sample,
      seat: workspace.seat,
      tell,
    });
    const sessions = await runSessions(options, reader);
    if (receiver !== null) await sleep(Math.max(0, listenUntil - performance.now()));
    const webhooks = receiver === null ? null : await evidenceOf(receiver, reader, workspace.seat);
    const findings: Readonly<Record<TenantItem, Finding>> = {
      ...judgeWebhooks(webhooks),
      V6: judgeLinks(sample),
      V7: judgeFields(sample),
      ...judgeSessions(sessions, webhooks?.heard ?? null),
      V12: judgeLists(lists),
      V13: judgeOrderEmail(sample),
      V14: judgeAuthors(await withTestTickets(sample, sessions, reader, workspace.seat), workspace.seat !== null),
    };
    const tenant = mergeFindings(before.tenant, workspace.origin, findings, new Date().toISOString());
    writeTenantFile(file, tenant);
    return { tenant, sample, requests: count() };
  } finally {
    await receiver?.close();
  }
}

function countingReader(workspace: Workspace, timeScale: number): { reader: WorkspaceReader; count: () => number } {
  let requests = 0;
  const pace = paceOf(REQUESTS, WINDOW_MS * timeScale);
  const reader = workspaceReader({
    transport: restrained(transportTo(workspace), 'none'),
    apiKey: workspace.apiKey,
    pace: () => {
      requests += 1;
      return pace();
    },
    timeScale,
  });
  return { reader, count: () => requests };
}

const CURES: Partial<Readonly<Record<Why, readonly [message: string, cure: string]>>> = {
  unauthorised: ['the workspace refuses the key (401)', 'copy the key once more from Settings, Integrations, API Keys'],
  forbidden: [
    'the workspace refuses the key everywhere (403)',
    'copy the key once more; if it is right, ask Richpanel what it may read',
  ],
  unreadable: [
    'something answers there, and not as Richpanel’s API does',
    'set RICHPANEL_BASE_URL to https://api.richpanel.com, or unset it',
  ],
  unreachable: ['the workspace cannot be reached', 'check the network and RICHPANEL_BASE_URL'],
  late: ['the workspace does not answer in time', 'try again later'],
  busy: ['the workspace’s rate limit is used up', 'try again in a minute'],
  broken: ['the workspace answers with errors of its own (5xx)', 'try again later'],
};

/** One route may be closed to a working key (reference §1.1), so several are tried. */
async function checkKey(reader: WorkspaceReader): Promise<void> {
  let refusal: Why = 'unreachable';
  for (const path of ['/channel', '/teams?page=1&per_page=1', '/tags?page=1&per_page=1']) {
    const reading = await reader.get(path);
    if (reading.ok) return;
    refusal = reading.why;
    if (refusal === 'unauthorised' || refusal === 'unreachable' || refusal === 'late') break;
  }
  const [message, cure] = CURES[refusal] ?? [
    'the address answers, and knows none of the API’s routes',
    'set RICHPANEL_BASE_URL to https://api.richpanel.com, or unset it',
  ];
  throw new Failure(`key_check_${refusal}`, message, cure);
}

async function openReceiver(port: number): Promise<Receiver> {
  try {
    return await startReceiver(port);
  } catch {
    throw new Failure('port_in_use', `port ${port} cannot be opened`, 'choose another with --listen-port');
  }
}

/** Written to only here, only on what was named. */
async function runSessions(options: VerifyOptions, reader: WorkspaceReader): Promise<SessionResult[]> {
  const { workspace, testTickets, waitMs, timeScale, tell } = options;
  const results: SessionResult[] = [];
  for (const asked of testTickets) {
    const found = await readTicket(reader, asked, workspace.seat);
    if (found === null) throw new Failure('no_test_ticket', 'a named test ticket cannot be read', 'check --ticket');
    const writer = testWriter({
      transport: transportTo(workspace),
      apiKey: workspace.apiKey,
      pace: paceOf(REQUESTS, WINDOW_MS * timeScale),
      ticketIds: [found.id],
    });
    const { seat } = workspace;
    const result = await runSession({ reader, writer, ticketId: found.id, seat, waitMs, timeScale, tell });
    if (result !== null) results.push(result);
  }
  return results;
}

/** What the API says about the tickets that deliveries name. */
async function evidenceOf(receiver: Receiver, reader: WorkspaceReader, seat: string | null): Promise<WebhookEvidence> {
  const heard: ProbeHeard[] = receiver.heard.flatMap((delivery) => readProbe(delivery) ?? []);
  const ids = new Set(heard.flatMap(({ fields }) => identifierOf(fields?.ticket_id) ?? []).map(decodeEntities));
  const tickets = new Map<string, Ticket>();
  for (const id of [...ids].slice(0, MOST_PROBED)) {
    const found = await readTicket(reader, id, seat);
    if (found !== null) tickets.set(id, found.ticket);
  }
  return { heard, tickets };
}

const MOST_PROBED = 20;

/** The test tickets hold the message of our own seat that V14 needs. */
async function withTestTickets(
  sample: Sample,
  sessions: readonly SessionResult[],
  reader: WorkspaceReader,
  seat: string | null,
): Promise<Sample> {
  const missing = sessions.filter(({ ticketId }) => !sample.tickets.some(({ id }) => id === ticketId));
  const known = sample.tickets.filter(({ id }) => !sessions.some(({ ticketId }) => ticketId === id));
  const fresh = [];
  for (const { ticketId } of sessions) {
    const found = await readTicket(reader, ticketId, seat);
    if (found !== null) fresh.push({ ...found, order: { link: 'none' } as const });
  }
  return { ...sample, listRefusal: missing.length > 0 ? null : sample.listRefusal, tickets: [...known, ...fresh] };
}

/** In the order of the items, for people and programs. */
export function answersInOrder({ answers }: Tenant) {
  return TENANT_ITEMS.map((item) => ({ item, ...answers[item] }));
}

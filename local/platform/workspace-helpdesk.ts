/** A real workspace, read and perhaps routed in. Messages come by its webhook, or by looking. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TenantAnswers } from '../../config/tenant.ts';
import { CLIENT_OPTIONS, REQUEST_TIMEOUT_MS } from '../../functions/shared/aws/live-client.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { restrained } from '../../functions/shared/helpdesk/restrained.ts';
import { liveIds } from '../../functions/shared/ids/live.ts';
import { limitedTransport } from '../../functions/shared/limits/limited-transport.ts';
import { RICHPANEL_BUDGET, windowLimits } from '../../functions/shared/limits/window.ts';
import { loopbackOptions } from '../../functions/shared/stage/live-loopback.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { type Door, provenCall } from '../webhook-proof.ts';
import { paceOf } from '../workspace/pace.ts';
import { type Poll, startPoll } from '../workspace/poll.ts';
import { type WorkspaceReader, workspaceReader } from '../workspace/reader.ts';
import { transportTo, type Workspace } from '../workspace/settings.ts';
import type { Helpdesk } from './helpdesk.ts';
import { STAGE } from './stage.ts';

/** What `--no-sandbox` and its companions ask for. */
export type WorkspaceUse = {
  readonly workspace: Workspace;
  readonly answers: TenantAnswers;
  /** `false`: nothing but GET can leave. */
  readonly allowWrites: boolean;
  /** Milliseconds between two looks; `null` where the webhook comes. */
  readonly pollMs: number | null;
};

/** A fifth of the vendor's 50 in 30 s (interfaces §1). */
export const POLL_REQUESTS = 10;
/** What a first look in shadow takes along, so that there is something to see; with writes nothing old is touched. */
const SHADOW_BACKLOG = 20;

/** @param awsEndpoint  where the budget is kept that all functions share */
export function openWorkspaceHelpdesk(
  { workspace, answers, allowWrites, pollMs }: WorkspaceUse,
  awsEndpoint: string,
  tell: (line: string) => void,
): Helpdesk {
  let poll: Poll | null = null;
  const tables = new DynamoDBClient({
    ...CLIENT_OPTIONS,
    endpoint: awsEndpoint,
    region: STAGE.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...loopbackOptions(awsEndpoint, REQUEST_TIMEOUT_MS),
  });
  const clock = liveClock();
  const limits = windowLimits(dynamoStore(tables, STAGE.env, clock), clock, { richpanel: RICHPANEL_BUDGET });
  const reader = workspaceReader({
    transport: limitedTransport(restrained(transportTo(workspace), 'none'), { limits, clock, ids: liveIds }),
    apiKey: workspace.apiKey,
    pace: paceOf(POLL_REQUESTS),
    tries: 1,
  });
  return {
    url: workspace.origin,
    shownKey: '',
    sandbox: null,
    answers,
    writes: allowWrites ? 'routing' : 'none',
    ticketNumber: (id) => poll?.ticketNumber(id),
    connect(door) {
      if (pollMs === null) {
        void checkKey(reader, tell);
        return;
      }
      poll = startPoll({
        reader,
        everyMs: pollMs,
        since: Date.now(),
        backlog: allowWrites ? 0 : SHADOW_BACKLOG,
        announce: (ticketId) => announce(door(), ticketId),
        tell,
      });
    },
    quieten: async () => poll?.stop(),
    close: async () => tables.destroy(),
  };
}

/** Without a look at the list a wrong key would show with the first customer only. */
async function checkKey(reader: WorkspaceReader, tell: (line: string) => void): Promise<void> {
  const reading = await reader.get('/channel');
  // 403 may be this one route's (reference §1.1).
  if (!reading.ok && reading.why !== 'forbidden')
    tell(`the workspace could not be read (${reading.why}): \`npx frontdesk connect richpanel\` says what to do`);
}

/** The body that the workspace's own HTTP Target sends. A door that is busy is asked again at the next look. */
async function announce(door: Door, ticketId: string): Promise<void> {
  const payload = { schema_version: 1, ticket_id: ticketId, trigger: 'customer_message' };
  const { url, ...call } = provenCall(door, payload, Date.now());
  const response = await fetch(url, {
    method: 'POST',
    ...call,
    signal: AbortSignal.timeout(DOOR_TIMEOUT_MS),
  });
  await response.body?.cancel();
  // What the door refuses for good, such as an id that is no id, would be refused again.
  if (response.status === 429 || response.status >= 500) throw new Error('the door is busy');
}

const DOOR_TIMEOUT_MS = 10_000;

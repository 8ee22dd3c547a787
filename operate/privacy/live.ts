/** What a deletion needs of the running instance: the very ports that functions use, and a client of the helpdesk that cannot write. */
import { eventBridgeBus } from '../../functions/shared/bus/live-eventbridge.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { liveHttpTransport } from '../../functions/shared/helpdesk/live-http.ts';
import { richpanelView } from '../../functions/shared/helpdesk/live-richpanel.ts';
import { richpanelReads } from '../../functions/shared/helpdesk/richpanel-client.ts';
import { liveIds } from '../../functions/shared/ids/live.ts';
import { limitedReads } from '../../functions/shared/limits/limited-transport.ts';
import { RICHPANEL_BUDGET, windowLimits } from '../../functions/shared/limits/window.ts';
import { apiBase } from '../../functions/shared/live-environment.ts';
import { secretsManagerSecrets } from '../../functions/shared/secrets/live-secretsmanager.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { RELEASE } from '../../local/platform/release.ts';
import type { Context } from '../context.ts';
import { busClient, secretClient, tableClient } from '../instance/clients.ts';
import { type Instance, stageOf } from '../instance/instance.ts';
import { endpointTables } from '../instance/tables.ts';
import type { Asking } from './customer.ts';
import type { Erasing } from './erase.ts';

export function erasingOn(instance: Instance, { note }: Context): Erasing & Asking & { close(): Promise<void> } {
  const env = stageOf(instance);
  const clock = liveClock();
  const clients = [tableClient(instance), busClient(instance), secretClient(instance)] as const;
  const [dynamo, eventBridge, secretsManager] = clients;
  const store = dynamoStore(dynamo, env, clock);
  const tables = endpointTables(instance);
  const secrets = secretsManagerSecrets(secretsManager, env);
  const parts = {
    transport: liveHttpTransport(apiBase(instance.richpanelUrl)),
    secrets,
    limits: windowLimits(store, clock, { richpanel: RICHPANEL_BUDGET }),
    knowsSeat: false,
    clock,
    ids: liveIds,
  };
  return {
    store,
    tables,
    clock,
    ids: liveIds,
    bus: eventBridgeBus(eventBridge, env),
    origin: { env, release: RELEASE, brandId: 'main' },
    secrets,
    tickets: richpanelView(parts).tickets,
    reads: richpanelReads({
      ...parts,
      transport: limitedReads(parts.transport, parts),
      apiKey: () => secrets.read('richpanel/api_key'),
    }),
    tell: note,
    async close() {
      for (const client of clients) client.destroy();
      await tables.close();
    },
  };
}

/** What a deletion needs of an instance or a stage: the very ports that functions use, and a client of the helpdesk that cannot write. */
import { eventBridgeBus } from '../../functions/shared/bus/live-eventbridge.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { liveHttpTransport } from '../../functions/shared/helpdesk/live-http.ts';
import { richpanelView } from '../../functions/shared/helpdesk/live-richpanel.ts';
import { richpanelReads } from '../../functions/shared/helpdesk/richpanel-client.ts';
import { liveIds } from '../../functions/shared/ids/live.ts';
import { limitedReads } from '../../functions/shared/limits/limited-transport.ts';
import { RICHPANEL_BUDGET, windowLimits } from '../../functions/shared/limits/window.ts';
import { apiBase } from '../../functions/shared/live-environment.ts';
import type { Secrets } from '../../functions/shared/ports.ts';
import { secretsManagerSecrets } from '../../functions/shared/secrets/live-secretsmanager.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { RELEASE } from '../../local/platform/release.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { busClient, secretClient, tableClient } from '../instance/clients.ts';
import { fewReads } from '../instance/few-reads.ts';
import { placeOf } from '../instance/place.ts';
import { endpointTables } from '../instance/tables.ts';
import type { Asking } from './customer.ts';
import type { Erasing } from './erase.ts';

export function erasingOn(context: Context): Erasing & Asking & { close(): Promise<void> } {
  const place = placeOf(context);
  const { env } = place;
  const clock = liveClock();
  const clients = [tableClient(place), busClient(place), secretClient(place)] as const;
  const [dynamo, eventBridge, secretsManager] = clients;
  const store = dynamoStore(dynamo, env, clock);
  const tables = endpointTables(place);
  const ofStage = secretsManagerSecrets(secretsManager, env);
  const isHere = context.target === 'local';
  const secrets = isHere ? ofStage : withOwnKey(ofStage, context);
  const parts = {
    transport: liveHttpTransport(apiBase(place.richpanelUrl)),
    secrets,
    // Whoever may erase on a stage may not write the functions' counters there.
    limits: isHere ? windowLimits(store, clock, { richpanel: RICHPANEL_BUDGET }) : fewReads(clock),
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
    tell: context.note,
    async close() {
      for (const client of clients) client.destroy();
      await tables.close();
    },
  };
}

/** The functions' key of the helpdesk can write; who erases reads there with a key of their own. */
function withOwnKey(secrets: Secrets, { variables: { RICHPANEL_API_KEY: key = '' } }: Context): Secrets {
  if (key === '')
    throw new Failure(
      'no_key',
      'the helpdesk is asked which tickets are theirs, and no key is given',
      'set RICHPANEL_API_KEY to a key of the workspace',
    );
  return { ...secrets, read: async (name) => (name === 'richpanel/api_key' ? key : secrets.read(name)) };
}

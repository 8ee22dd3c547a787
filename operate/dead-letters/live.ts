/** What giving up a letter needs of the instance or stage, through the very ports that functions use. */
import { eventBridgeBus } from '../../functions/shared/bus/live-eventbridge.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { flagsFrom } from '../../functions/shared/flags/flags.ts';
import { liveHttpTransport } from '../../functions/shared/helpdesk/live-http.ts';
import { richpanelPorts } from '../../functions/shared/helpdesk/live-richpanel.ts';
import { liveIds } from '../../functions/shared/ids/live.ts';
import { RICHPANEL_BUDGET, windowLimits } from '../../functions/shared/limits/window.ts';
import { apiBase } from '../../functions/shared/live-environment.ts';
import { ssmParameters } from '../../functions/shared/parameters/live-ssm.ts';
import { secretsManagerSecrets } from '../../functions/shared/secrets/live-secretsmanager.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { RELEASE } from '../../local/platform/release.ts';
import { busClient, parameterClient, secretClient, tableClient } from '../instance/clients.ts';
import type { Place } from '../instance/place.ts';
import type { GivingUp } from './give-up.ts';

export function givingUpOn(place: Place): GivingUp & { close(): void } {
  const { env } = place;
  const clock = liveClock();
  const clients = [tableClient(place), busClient(place), parameterClient(place), secretClient(place)] as const;
  const [tables, bus, parameters, secrets] = clients;
  const store = dynamoStore(tables, env, clock);
  const silent = { log: () => {}, metrics: { count: () => {}, observe: () => {} } };
  const flags = flagsFrom(ssmParameters(parameters, env), clock, silent, { cacheMs: 0, writesPhrase: null });
  const helpdesk = richpanelPorts({
    transport: liveHttpTransport(apiBase(place.richpanelUrl)),
    secrets: secretsManagerSecrets(secrets, env),
    limits: windowLimits(store, clock, { richpanel: RICHPANEL_BUDGET }),
    isReadOnly: async () => (await flags.read(true)).values.richpanel_read_only,
    knowsSeat: false,
    readsAs: 'writes',
    clock,
    ids: liveIds,
  });
  return {
    clock,
    store,
    bus: eventBridgeBus(bus, env),
    tagger: helpdesk.tagger(),
    flags: () => flags.read(true),
    env,
    release: RELEASE,
    close: () => {
      for (const client of clients) client.destroy();
    },
  };
}

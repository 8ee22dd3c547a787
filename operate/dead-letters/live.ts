/** What giving up a letter needs of the running instance, through the very ports that functions use. */
import { eventBridgeBus } from '../../functions/shared/bus/live-eventbridge.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { flagsFrom } from '../../functions/shared/flags/flags.ts';
import { liveHttpTransport } from '../../functions/shared/helpdesk/live-http.ts';
import { richpanelPorts } from '../../functions/shared/helpdesk/live-richpanel.ts';
import { liveIds } from '../../functions/shared/ids/live.ts';
import { RICHPANEL_BUDGET, windowLimits } from '../../functions/shared/limits/window.ts';
import { ssmParameters } from '../../functions/shared/parameters/live-ssm.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { RELEASE } from '../../local/platform/release.ts';
import { busClient, parameterClient, tableClient } from '../instance/clients.ts';
import { type Instance, stageOf } from '../instance/instance.ts';
import type { GivingUp } from './give-up.ts';

export function givingUpOn(instance: Instance): GivingUp & { close(): void } {
  const env = stageOf(instance);
  const clock = liveClock();
  const clients = [tableClient(instance), busClient(instance), parameterClient(instance)] as const;
  const [tables, bus, parameters] = clients;
  const store = dynamoStore(tables, env, clock);
  const silent = { log: () => {}, metrics: { count: () => {}, observe: () => {} } };
  const flags = flagsFrom(ssmParameters(parameters, env), clock, silent, { cacheMs: 0, writesPhrase: null });
  const helpdesk = richpanelPorts({
    transport: liveHttpTransport(`${instance.richpanelUrl.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`),
    secrets: { read: async () => instance.richpanelKey },
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

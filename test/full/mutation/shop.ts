/** All functions in this process, on the Richpanel sandbox instead of the memory helpdesk: what `npm run demo` runs, without its wires. */
import type { Container } from '../../../functions/shared/container.ts';
import { richpanelPorts } from '../../../functions/shared/helpdesk/live-richpanel.ts';
import { seededIds } from '../../../functions/shared/ids/memory.ts';
import { unlimited } from '../../../functions/shared/limits/unlimited.ts';
import type { HelpdeskReader } from '../../../functions/shared/ports.ts';
import { memorySecrets } from '../../../functions/shared/secrets/memory.ts';
import { createSandbox, type Sandbox } from '../../../local/sandbox/sandbox.ts';
import { type Choreography, choreography } from '../../choreography.ts';
import { BOT_ID, sandboxTransport } from '../../contracts/shops.ts';

const KEY = 'test-key';
const FUNCTIONS = [
  'ingest',
  'classify',
  'order-lookup',
  'verify',
  'responder-route',
  'responder-reply',
  'responder-settle',
  'auditor',
  'sweeper',
] as const;
/** Later than every `at` of a row, as a demo run is. */
const STARTS_AT = Date.parse('2027-01-14T12:00:00.000Z');

export type SandboxChoreography = {
  readonly functions: Choreography;
  readonly sandbox: Sandbox;
  /** Reads a ticket as the functions do, tags by name. */
  readonly reader: HelpdeskReader;
};

export function sandboxChoreography(): SandboxChoreography {
  const functions = choreography();
  functions.clock.advance(STARTS_AT - functions.clock.now());
  const sandbox = createSandbox({
    options: { rateLimit: null, seedData: false, apiKey: KEY },
    ports: { now: () => functions.clock.now(), sleep: async () => {}, send: async () => ({ status: 200 }) },
  });
  const ports = richpanelPorts({
    transport: sandboxTransport(sandbox),
    secrets: memorySecrets(
      new Map([
        ['richpanel/api_key', KEY],
        ['richpanel/bot_agent_id', BOT_ID],
      ]),
    ),
    limits: unlimited(functions.clock),
    isReadOnly: async () => false,
    knowsSeat: true,
    clock: functions.clock,
    ids: seededIds('mutation'),
  });
  const helpdesk = {
    helpdesk: ports.helpdesk(),
    tagger: ports.tagger(),
    closer: ports.closer(),
    sender: ports.sender(),
    orders: ports.orders(),
  };
  for (const name of FUNCTIONS) {
    const container: Container = functions.containerOf(name);
    // A run over dated messages reckons ages from receipt, as the demo does.
    Object.assign(container, helpdesk, { settings: { ...container.settings, agesFrom: 'received' } });
  }
  return { functions, sandbox, reader: helpdesk.helpdesk };
}

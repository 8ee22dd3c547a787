/**
 * What only one machine may do: scale time, lift the vendor's budget, reckon ages from receipt, read the configuration
 * from a file, ask no model or a stand-in (`#stage-knobs` unless bundled for deployment). Any other stage is opened as it is deployed.
 */

import { liveConfig } from '../../../config/live.ts';
import { type ClientOptions, REQUEST_TIMEOUT_MS } from '../aws/live-client.ts';
import { liveClock } from '../clock/live.ts';
import { HELPDESK_WRITES, type HelpdeskWrites, restrained } from '../helpdesk/restrained.ts';
import { unlimited } from '../limits/unlimited.ts';
import type { Clock } from '../ports.ts';
import { openStage as openDeployed } from './live-deployed.ts';
import { loopbackOptions } from './live-loopback.ts';
import { localWaits, scaledTimeout } from './scale.ts';
import type { OpenStage } from './stage.ts';

const OPENAI = 'https://api.openai.com/v1';
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Throws on a time scale out of bounds: a container must not start on a guess. */
export const openStage: OpenStage = (env, variables) => {
  if (env !== 'local') return openDeployed(env, variables);
  const scale = timeScale(variables.FRONTDESK_TIME_SCALE);
  const clock = scaledClock(liveClock(), scale);
  return {
    clock,
    waits: localWaits(scale),
    timeoutMs: (ms) => scaledTimeout(ms, scale),
    // The local queue makes every delay shorter by the same scale.
    delaySeconds: (ms) => ms / 1000 / scale,
    budget: (limits) => (variables.FRONTDESK_LIMITS === 'off' ? unlimited(clock) : limits),
    // A word that is none of them restrains most.
    helpdesk: (transport) => restrained(transport, writesOf(variables.FRONTDESK_HELPDESK_WRITES)),
    agesFrom: variables.FRONTDESK_AGES_FROM === 'received' ? 'received' : 'older',
    awsClients: () => loopbackClients(variables.AWS_ENDPOINT_URL),
    config: () => liveConfig(variables),
    modelUrl: variables.FRONTDESK_CLASSIFIER === 'openai' ? (variables.OPENAI_BASE_URL ?? OPENAI) : null,
  };
};

/** Only an endpoint of this machine is reached otherwise than AWS. */
function loopbackClients(endpoint: string | undefined): Partial<ClientOptions> {
  if (endpoint === undefined || !LOOPBACK_HOSTS.has(new URL(endpoint).hostname)) return {};
  return loopbackOptions(endpoint, REQUEST_TIMEOUT_MS);
}

/** Every wait that is slept becomes `scale` times as long; what the clock shows stays real. */
export function scaledClock(clock: Clock, scale: number): Clock {
  return { ...clock, sleep: (ms, until) => clock.sleep(ms * scale, until) };
}

function writesOf(given = 'all'): HelpdeskWrites {
  return HELPDESK_WRITES.find((word) => word === given) ?? 'none';
}

function timeScale(given: string | undefined): number {
  const scale = Number(given ?? 1);
  if (!(scale >= 0.01 && scale <= 1)) throw new Error('FRONTDESK_TIME_SCALE must be between 0.01 and 1');
  return scale;
}

/** A deployed stage: real time, real limits, the configuration it was built with; no switch to have them otherwise (`#stage-knobs`, condition `deployed`). */
import { CONFIG, CONFIG_VERSION } from '../../../config/generated/config.ts';
import { liveClock } from '../clock/live.ts';
import { WAITS } from '../times.ts';
import type { OpenStage } from './stage.ts';

/** The same for every stage and whatever the environment says: the bundle of production also runs on one machine. */
export const openStage: OpenStage = () => ({
  clock: liveClock(),
  waits: WAITS,
  timeoutMs: (ms) => ms,
  delaySeconds: (ms) => ms / 1000,
  budget: (limits) => limits,
  helpdesk: (transport) => transport,
  agesFrom: 'older',
  awsClients: () => ({}),
  modelUrl: 'https://api.openai.com/v1',
  config: async () => ({ config: CONFIG, version: CONFIG_VERSION }),
});

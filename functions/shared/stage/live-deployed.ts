/** A deployed stage: real time, real limits, the configuration it was built with; no switch to have them otherwise (`#stage-knobs`, condition `deployed`). */
import { CONFIG, CONFIG_VERSION } from '../../../config/generated/config.ts';
import { liveClock } from '../clock/live.ts';
import type { OpenStage } from './stage.ts';

/** Throws for the local stage, whose switches are not in a deployed bundle. */
export const openStage: OpenStage = (env) => {
  if (env === 'local') throw new Error('a deployed bundle cannot be the local stage');
  return {
    clock: liveClock(),
    span: (ms) => ms,
    budget: (limits) => limits,
    agesFrom: 'older',
    config: async () => ({ config: CONFIG, version: CONFIG_VERSION }),
  };
};

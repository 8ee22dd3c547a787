/** Messages of invented customers, as many as are wanted, then silence. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startTraffic } from '../../../local/traffic/traffic.ts';
import type { Product } from './product.ts';

/** Fast enough to be over soon, slow enough for two cores. */
const PER_MINUTE = 300;
const SEED = 'replay-all-rules';

export async function writeMessages({ ready }: Product, messages: number): Promise<void> {
  const traffic = startTraffic({ sandboxUrl: ready.richpanelUrl, perMinute: PER_MINUTE, seed: SEED });
  while (traffic.counts().sent < messages) {
    if (traffic.counts().failed > 0) throw new Error('the sandbox did not take a message');
    await sleep(50);
  }
  await traffic.stop();
}

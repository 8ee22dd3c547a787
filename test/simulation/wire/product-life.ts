/** The product through its deaths: who needs it waits while it is down, and what is set in its processes is set again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { freePortBase, type Product, startProduct, type Victim } from '../../processes/product.ts';

export type Life = {
  /** The instance, as soon as it accepts work. */
  up(): Promise<ReadyObject>;
  /**
   * Freezes all of it for a look, then `kill -9`; resolves when it accepts work again, by its supervisor's doing or by ours.
   */
  kill(victim: Victim, look?: () => Promise<void>): Promise<void>;
  /** As an operator ends it for the next release. */
  restart(): Promise<void>;
  /** Ends it cleanly, for good. */
  stop(): Promise<void>;
};

const ATTEMPTS = 3;
const AGAIN_MS = 500;

/** @param onStart  runs before anybody else meets the new instance */
export async function beginLife(
  data: string,
  random: () => number,
  timeScale: number,
  onStart: (ready: ReadyObject, isFirst: boolean) => Promise<void>,
): Promise<Life> {
  const portBase = await freePortBase(random);
  let isFirst = true;
  let product = start();

  /** A port may be taken by somebody for a moment, and a busy machine starts slowly: a user would try once more as well. */
  async function start(): Promise<Product> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const started = await startProduct(data, portBase, { FRONTDESK_TIME_SCALE: String(timeScale) });
        await onStart(started.ready, isFirst);
        isFirst = false;
        return started;
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await sleep(AGAIN_MS);
      }
    }
  }

  async function replacedAfter(end: (product: Product) => Promise<void>): Promise<void> {
    const before = await product;
    const next = Promise.withResolvers<Product>();
    // Nobody begins anything with what is about to go.
    product = next.promise;
    try {
      await end(before);
      next.resolve(await start());
    } catch (error) {
      next.promise.catch(() => {});
      next.reject(error);
      throw error;
    }
  }

  await product;
  return {
    up: async () => (await product).ready,
    async kill(victim, look = async () => {}) {
      const struck = async (before: Product): Promise<void> => {
        before.freeze();
        try {
          await look();
        } finally {
          await before.kill(victim);
        }
      };
      if (victim !== 'host') return replacedAfter(struck);
      await struck(await product);
    },
    restart: () => replacedAfter((before) => before.stop()),
    stop: async () => (await product).stop(),
  };
}

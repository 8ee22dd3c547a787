/** When to kill: at a moment drawn beforehand, or when a wanted state is seen. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readFolder } from '../../processes/folder.ts';
import type { Product } from '../../processes/product.ts';
import { type State, unsettled } from '../../processes/states.ts';
import type { Load } from './load.ts';

/** How long the product runs between two looks. */
const RUN_MS = [150, 600] as const;
const GIVE_UP_MS = 60_000;

/**
 * Freezes the product again and again, each time at another moment, until a message is in one of the wanted states; leaves
 * it frozen. The instants last milliseconds, so that nothing that is asked of a running product could catch them.
 */
export async function freezeIn(
  wanted: ReadonlySet<State>,
  product: Product,
  load: Load,
  data: string,
  random: () => number,
): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  for (;;) {
    await sleep(RUN_MS[0] + random() * (RUN_MS[1] - RUN_MS[0]));
    load.pause();
    product.freeze();
    const seen = unsettled(await readFolder(data), load.accepted).values();
    if (performance.now() > giveUpAt || [...seen].some((state) => wanted.has(state))) return;
    product.thaw();
    load.resume();
  }
}

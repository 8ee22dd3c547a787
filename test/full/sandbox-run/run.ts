/** The whole run: every combination of the core switches is a shop with a few conversations, under every fault. */
import { createRandom, type Random } from '../../simulation/kernel/random.ts';
import { hitsOf } from './faults.ts';
import { judge, type Violation } from './judge.ts';
import { playShop } from './play.ts';
import { inventConversation } from './scenario.ts';
import { coreCombinations, drawSetting, pairsMissing, type Setting, valueCounts } from './switches.ts';

export type Totals = {
  readonly shops: number;
  readonly conversations: number;
  readonly messages: number;
  readonly settled: number;
  readonly replies: number;
  readonly orderReplies: number;
  readonly requests: number;
  readonly writes: number;
  /** Shops in which the budget was used up for a while. */
  readonly pressed: number;
  readonly busiest: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, number>;
  readonly pairsMissing: readonly string[];
  readonly violations: readonly (Violation & { readonly seed: string })[];
};

/** @param shops  how many of the combinations, drawn; all where it is left out. */
export async function runShops(
  seed: string,
  {
    conversationsEach,
    shops,
    onShop = () => {},
  }: {
    readonly conversationsEach: number;
    readonly shops?: number;
    readonly onShop?: (done: number, of: number) => void;
  },
): Promise<Totals> {
  const random = createRandom(seed);
  const combinations = coreCombinations();
  const chosen = shops === undefined ? combinations : shuffled(random, combinations).slice(0, shops);
  const settings: Setting[] = [];
  const faults = new Map<string, number>();
  const violations: (Violation & { seed: string })[] = [];
  const sums = {
    conversations: 0,
    messages: 0,
    settled: 0,
    replies: 0,
    orderReplies: 0,
    requests: 0,
    writes: 0,
    pressed: 0,
  };
  let busiest = 0;
  const add = (name: string, count: number): void => void faults.set(name, (faults.get(name) ?? 0) + count);
  for (const [index, core] of chosen.entries()) {
    const shopSeed = `${seed}/${index}`;
    const setting = drawSetting(random, core);
    settings.push(setting);
    const conversations = Array.from({ length: conversationsEach }, (_one, position) =>
      inventConversation(random, index * conversationsEach + position),
    );
    const played = await playShop(shopSeed, setting, conversations);
    const judged = judge(played);
    violations.push(...judged.violations.map((one) => ({ ...one, seed: shopSeed })));
    const { exchanges, sandbox, world } = played.shop;
    sums.conversations += conversations.length;
    sums.messages += conversations.reduce(
      (sum, { id }) => sum + (sandbox.ticket(id)?.comments ?? []).filter((one) => !one.isOperator).length,
      0,
    );
    sums.settled += judged.settled;
    sums.replies += judged.replies;
    sums.orderReplies += judged.orderReplies;
    sums.requests += exchanges.length;
    sums.writes += exchanges.filter(({ method }) => method !== 'GET').length;
    sums.pressed += judged.busiest >= 40 ? 1 : 0;
    busiest = Math.max(busiest, judged.busiest);
    for (const [name, count] of hitsOf(played.rules)) add(name, count);
    for (const [name, count] of world.instruments.counts.faults) add(`call ${name}`, count);
    for (const { error } of sandbox.deliveries()) if (error !== null) add(`webhook ${error}`, 1);
    onShop(index + 1, chosen.length);
  }
  return {
    shops: chosen.length,
    ...sums,
    busiest,
    faults,
    values: valueCounts(settings),
    pairsMissing: pairsMissing(settings),
    violations,
  };
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, rank: random.uint32() }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ item }) => item);
}

/** Plays the conversations of one shop until everything is settled. */
import type { FaultRule } from '../../../local/sandbox/faults/rules.ts';
import { linkOrders } from '../../../local/sandbox/model/orders.ts';
import { changeTicket } from '../../../local/sandbox/model/tickets.ts';
import type { OrderObject } from '../../../local/sandbox/model/types.ts';
import { isAtRest } from '../../simulation/run.ts';
import { runBySchedule, troubleTheShop } from '../../simulation/world/actors.ts';
import { START_AT } from '../../simulation/world/world.ts';
import { outageRules, randomRules, revokingRules } from './faults.ts';
import { CASES, orderNumber, type Sayable, vendorOrder } from './orders.ts';
import type { Conversation } from './scenario.ts';
import { openShop, type Shop, type Spoiled } from './shop.ts';
import type { Setting } from './switches.ts';

const HOUR_MS = 3_600_000;
const LOOK_EVERY_MS = 30_000;
/** Beginnings of two conversations lie so far apart, drawn from 0 to twice this: the budget is asked for more than it has. */
const GAP_MS = 4_000;

/** What may be said about an order from an instant on. */
export type Version = { readonly from: number; readonly sayable: Sayable | null };
export type Played = {
  readonly setting: Setting;
  readonly conversations: readonly Conversation[];
  readonly shop: Shop;
  readonly rules: readonly FaultRule[];
  /** By conversation, oldest first. */
  readonly truth: ReadonlyMap<string, readonly Version[]>;
  readonly isQuiet: boolean;
  readonly hours: number;
};

export async function playShop(
  seed: string,
  setting: Setting,
  conversations: readonly Conversation[],
  {
    withFaults = true,
    hours = 30,
    spoiled = {},
  }: { readonly withFaults?: boolean; readonly hours?: number; readonly spoiled?: Spoiled } = {},
): Promise<Played> {
  const shop = openShop(seed, setting, withFaults, spoiled);
  const { world, sandbox } = shop;
  const rules: FaultRule[] = withFaults ? randomRules() : [];
  sandbox.addFaults(rules);
  const truth = new Map<string, Version[]>();
  let acting = 1;
  let isOver = false;
  const all = conversations.map((one) => play(shop, one, truth));
  const trouble = withFaults
    ? [troubleTheVendor(shop, rules), troubleTheShop(world, conversations.length * GAP_MS)]
    : [];
  void Promise.all([...all, ...trouble]).then(() => {
    acting -= 1;
  });
  void runBySchedule(world, 'sweeper', 60_000, () => isOver);
  void runBySchedule(world, 'reconciler', 900_000, () => isOver);
  const { clock } = world.scheduler;
  let isQuiet = false;
  for (;;) {
    const { stopped } = await world.scheduler.run({ untilMonotonic: clock.monotonic() + LOOK_EVERY_MS });
    isQuiet = acting === 0 && isAtRest(world);
    if (isQuiet || stopped === 'quiet' || clock.monotonic() > hours * HOUR_MS) break;
  }
  isOver = true;
  return { setting, conversations, shop, rules, truth, isQuiet, hours: clock.monotonic() / HOUR_MS };
}

async function play(
  { world, sandbox }: Shop,
  conversation: Conversation,
  truth: Map<string, Version[]>,
): Promise<void> {
  const people = world.scheduler.process('people');
  const { id, channel, buyer, order, link, index } = conversation;
  await people.clock.sleep(world.random.fork(`begin/${index}`).integer(0, 2 * GAP_MS));
  const began = people.clock.monotonic();
  const told: Promise<unknown>[] = [];
  const now = (): number => world.scheduler.clock.now();
  const own = (name: typeof order): OrderObject => vendorOrder(name, index, buyer, START_AT);
  const orders = {
    none: null,
    missing: null,
    several: [own(order), own('inTransit')],
    foreign: { ...own(order), email: 'other@example.test' },
    own: own(order),
  };
  for (const [position, act] of conversation.acts.entries()) {
    await people.clock.sleep(began + act.atMs - people.clock.monotonic());
    // A tick lets what is due by the sandbox's own faults happen first.
    sandbox.tick();
    if (act.kind === 'answers') told.push(sandbox.agentActs({ conversationId: id, text: 'I am looking into it.' }));
    else if (act.kind === 'moves') {
      if (link !== 'own') continue;
      linkOrders(sandbox.world, id, own(act.to));
      truth.get(id)?.push({ from: now(), sayable: CASES[act.to].sayable });
    } else {
      const customer = { email: buyer.email, name: `${buyer.firstName} ${buyer.lastName}` };
      const first = position === 0 ? { order: orders[link] } : {};
      told.push(sandbox.customerWrites({ conversationId: id, channel, text: act.text, customer, ...first }));
      if (position > 0) continue;
      truth.set(id, [{ from: now(), sayable: link === 'own' ? CASES[order].sayable : null }]);
      if (link === 'missing')
        changeTicket(sandbox.world, id, { linkage: { orderId: orderNumber(index), appClientId: 'acme-store-1' } });
    }
  }
  await Promise.all(told);
}

/** Now and then the vendor is down for a while, or takes the key away; then the random faults go on. */
async function troubleTheVendor({ world, sandbox }: Shop, rules: FaultRule[]): Promise<void> {
  const vendor = world.scheduler.process('vendor');
  const random = world.random.fork('vendor');
  await vendor.clock.sleep(random.integer(0, 20_000));
  if (!random.chance(0.4)) return;
  const trouble = random.chance(0.5) ? outageRules() : revokingRules();
  const usual = sandbox.faults();
  sandbox.clearFaults();
  sandbox.addFaults(trouble);
  await vendor.clock.sleep(random.integer(10_000, 180_000));
  sandbox.clearFaults();
  sandbox.addFaults(usual);
  rules.push(...trouble);
}

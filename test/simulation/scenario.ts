/** Invented conversations: who writes what, when, and which webhooks say so. The same random gives the same people. */
import type { Channel } from '../../events/words.ts';
import { orderOf } from '../../local/sandbox/seed/orders.ts';
import type { Random } from './kernel/random.ts';
import type { FaultName } from './world/faults.ts';
import type { Customer } from './world/helpdesk.ts';

export type Act =
  | {
      readonly kind: 'writes';
      readonly atMs: number;
      readonly text: string;
      readonly isDispute: boolean;
      /** By how much the comment is older than its appearance: mail that was long under way. */
      readonly agedMs?: number;
      /** How long reads do not show the comment. */
      readonly lagMs: number;
      /** After the comment, one webhook each; none where it is lost. */
      readonly webhooksAfterMs: readonly number[];
    }
  | { readonly kind: 'answers'; readonly atMs: number; readonly text: string; readonly closes?: boolean };

export type Conversation = {
  readonly id: string;
  readonly channel: Channel;
  readonly customer: Customer;
  readonly order: unknown;
  /** Whether the shop's webhook names the message, or only the ticket (a bucket key, protocols §2). */
  readonly webhook: 'named' | 'minimal';
  readonly acts: readonly Act[];
};

type Writes = Extract<Act, { kind: 'writes' }>;
type Texts = readonly [string, ...string[]];

/** What brings a reply, one per template (replies §2), and what is only routed. */
const QUESTIONS: Texts = [
  'Where is my order?',
  'Could you tell me where my order is? I have not heard anything.',
  'Can you send me the tracking link please',
  'My order still has not shipped. It has been ages.',
  'It says delivered but I never received my package.',
  'The mug arrived broken, the handle is off.',
  'Please cancel my order, I ordered by mistake.',
  'I would like to return my lamp, how do I get a return label?',
  'My discount code does not work at checkout.',
  'I was charged twice for one order.',
];
const FOLLOW_UPS: Texts = ['Please answer soon.', 'I just looked again and still nothing.', 'Where is my order?'];
/** Strong in every family of decisions §2: never answered by us. */
export const DISPUTES: Texts = [
  'I have opened a dispute with my bank about this payment.',
  'I will file a chargeback with my card company.',
  'My lawyer will contact you about this order.',
  'I am going to take you to small claims court.',
];
const AGENT_TEXTS: Texts = ['I am looking into it for you.', 'Thank you for waiting, I have answered below.'];

/** Stands in every text, name, address and tracking number; has letters that no generated id has. */
export const CANARY = 'zoqulx';
/** Few, so that most texts of a run were read before. */
const SIGNATURES: Texts = ['bram', 'dorvel', 'fenwick', 'galdor', 'hestrin', 'jolven', 'kelmar', 'lundra'];
const LETTERS = 'bcdfghjklmnpqrstvwxz';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Conversations of one customer, where a customer has several. */
const IN_A_ROW = 10;

/** @param names  the faults of the run: without them nobody writes in bursts, disputes or answers in between. */
export function inventConversation(
  random: Random,
  names: ReadonlySet<FaultName>,
  number: number,
  now: number,
): Conversation {
  const word = (length: number): string =>
    Array.from({ length }, () => LETTERS[random.integer(0, LETTERS.length - 1)] ?? 'z').join('');
  const signature = `Zoqulx${random.pick(SIGNATURES)}`;
  const inARow = names.has('burst') ? rowOf(random, number) : null;
  const person = inARow ?? number;
  const customer: Customer = {
    id: `cus-${person}`,
    email: `${CANARY}.${person}@mail.test`,
    firstName: `Zoqulx${word(5)}`,
  };
  const orderNumber = `${random.integer(100_000, 999_999)}`;
  const signed = (text: string): string => `${text} ${signature}`;
  const acts =
    inARow === null ? actsOf(random, names, signed) : oneOfMany(random, names, signed(random.pick(QUESTIONS)));
  return {
    id: `conv-${number}-${random.hex(3)}`,
    channel: inARow === null ? random.pick<Channel>(['email', 'email', 'livechat', 'livechat', 'social']) : 'email',
    customer,
    order: orderFor(random, orderNumber, customer, now),
    webhook: random.chance(0.5) ? 'named' : 'minimal',
    acts,
  };
}

/** Most customers write once; now and then one opens ticket after ticket, of which all could be answered. */
function rowOf(random: Random, number: number): number | null {
  const row = Math.floor(number / IN_A_ROW);
  return random.fork(`row ${row}`).chance(0.06) ? row * IN_A_ROW : null;
}

/** A matter among several; the next day the same customer has it again. */
function oneOfMany(random: Random, names: ReadonlySet<FaultName>, text: string): Act[] {
  const first = writes(random, names, 0, text, false);
  return [first, ...nextDay(random, names, first, 0.3)];
}

function actsOf(random: Random, names: ReadonlySet<FaultName>, signed: (text: string) => string): Act[] {
  const acts: Act[] = [writes(random, names, 0, signed(random.pick(QUESTIONS)), false)];
  let atMs = 0;
  const more = names.has('burst') && random.chance(0.3) ? random.integer(1, 3) : 0;
  for (let count = 0; count < more; count += 1) {
    // Zero is two comments with one `created_at` (protocols §10).
    atMs += random.chance(0.15) ? 0 : random.integer(1, random.chance(0.4) ? 1_500 : 14_000);
    const isDispute = random.chance(0.35);
    const text = isDispute ? random.pick(DISPUTES) : random.pick(FOLLOW_UPS);
    acts.push(writes(random, names, atMs, signed(text), isDispute));
  }
  if (random.chance(0.05)) {
    const first = acts[0];
    if (first?.kind === 'writes') acts[0] = { ...first, text: signed(random.pick(DISPUTES)), isDispute: true };
  }
  if (names.has('customer-acts') && random.chance(0.25)) {
    const later = atMs + random.integer(1_000, 240_000);
    const isDispute = random.chance(0.3);
    acts.push(writes(random, names, later, signed(random.pick(isDispute ? DISPUTES : FOLLOW_UPS)), isDispute));
  }
  if (names.has('agent-acts') && random.chance(0.15))
    acts.push({
      kind: 'answers',
      atMs: random.integer(100, 60_000),
      text: random.pick(AGENT_TEXTS),
      closes: random.chance(0.4),
    });
  const [first, ...others] = acts;
  if (first?.kind !== 'writes') return acts;
  return [aged(random, names, first), ...others, ...nextDay(random, names, first)];
}

/**
 * In some shops customers ask again the next day, word for word: caps, cooldowns and a day's leave are over. What they wrote
 * in between may have come to nobody.
 */
function nextDay(random: Random, names: ReadonlySet<FaultName>, first: Writes, share = 0.08): Act[] {
  if (!names.has('customer-acts') || !random.fork('days').chance(0.3) || !random.chance(share)) return [];
  const again = writes(random, names, random.integer(24.2 * HOUR_MS, 25.2 * HOUR_MS), first.text, first.isDispute);
  const between = writes(random, names, random.integer(5 * MINUTE_MS, 10 * MINUTE_MS), first.text, false);
  return random.chance(0.6) && !first.isDispute ? [{ ...between, webhooksAfterMs: [] }, again] : [again];
}

/** Mail that was under way for minutes or hours: found by a webhook as ever, and older than it looks. */
function aged(random: Random, names: ReadonlySet<FaultName>, act: Writes): Act {
  if (!names.has('delay') || !random.chance(0.1)) return act;
  return { ...act, agedMs: random.integer(1, random.chance(0.8) ? 40 : 170) * MINUTE_MS };
}

function writes(random: Random, names: ReadonlySet<FaultName>, atMs: number, text: string, isDispute: boolean): Writes {
  const way = (): number =>
    names.has('swap-webhooks') && random.chance(0.3) ? random.integer(0, 20_000) : random.integer(20, 300);
  const webhooks = names.has('duplicate') && random.chance(0.1) ? random.integer(2, 3) : 1;
  return {
    kind: 'writes',
    atMs,
    text,
    isDispute,
    lagMs: names.has('stale-read') && random.chance(0.1) ? random.integer(1, 6_000) : 0,
    webhooksAfterMs: isLost(random, names) ? [] : Array.from({ length: webhooks }, way),
  };
}

/** The helpdesk fires once and does not try again (reference §11): the reconciler's to find. */
function isLost(random: Random, names: ReadonlySet<FaultName>): boolean {
  return names.has('timeout-lost') && random.chance(0.01);
}

function orderFor(random: Random, id: string, customer: Customer, now: number): unknown {
  const about = { id, email: customer.email, firstName: customer.firstName, lastName: 'Alder' };
  switch (random.integer(0, 3)) {
    case 0:
      return {};
    case 1:
      return orderOf({ ...about, ageDays: 1, fulfillmentStatus: 'unfulfilled' }, now);
    default:
      return orderOf(
        {
          ...about,
          ageDays: random.integer(3, 6),
          fulfillmentStatus: 'fulfilled',
          shipments: [{ status: 'in_transit', shippedDaysAgo: 2, number: `ZOQULX${id}` }],
        },
        now,
      );
  }
}

/** Who writes what, with which order, and what changes meanwhile. */

import type { Random } from '../../simulation/kernel/random.ts';
import { DISPUTES } from '../../simulation/scenario.ts';
import { type Buyer, CASE_NAMES, type CaseName } from './orders.ts';

/** `none`: no order; `missing`: linked, but the shop has none; `foreign`: another's; `several`: two. */
export type LinkKind = 'none' | 'missing' | 'foreign' | 'several' | 'own';
export type Act =
  | { readonly kind: 'writes'; readonly atMs: number; readonly text: string; readonly isDispute: boolean }
  | { readonly kind: 'answers'; readonly atMs: number }
  /** The shop's own system moves the order on. */
  | { readonly kind: 'moves'; readonly atMs: number; readonly to: CaseName };

export type Conversation = {
  readonly index: number;
  readonly id: string;
  readonly channel: 'email' | 'messenger' | 'instagram';
  readonly buyer: Buyer;
  readonly link: LinkKind;
  readonly order: CaseName;
  readonly acts: readonly Act[];
};

type Texts = readonly [string, ...string[]];
const ABOUT_ORDERS: Texts = [
  'Where is my order?',
  'Where is my order?',
  'Hello, where is my order please?',
  'Could you tell me where my order is? I have not heard anything.',
  'Can you send me the tracking link please',
  'My order still has not shipped. It has been ages.',
];
const ABOUT_ELSE: Texts = [
  'It says delivered but I never received my package.',
  'The mug arrived broken, the handle is off.',
  'Please cancel my order, I ordered by mistake.',
  'I would like to return my lamp, how do I get a return label?',
  'I was charged twice for one order.',
];
const FOLLOW_UPS: Texts = ['Please answer soon.', 'I just looked again and still nothing.', 'Where is my order?'];
const LETTERS = 'bcdfghjklmnpqrstvwxz';

export function inventConversation(random: Random, index: number): Conversation {
  const word = (): string =>
    Array.from({ length: 6 }, () => LETTERS[random.integer(0, LETTERS.length - 1)] ?? 'z').join('');
  const channel = random.pick<Conversation['channel']>([
    'email',
    'email',
    'email',
    'messenger',
    'messenger',
    'messenger',
    'instagram',
  ]);
  const firstName = `Zo${word()}`;
  const mark = random.hex(4);
  return {
    index,
    // Every character that an unencoded path would break on (reference §0 no. 2).
    id: channel === 'email' ? `<CA/${mark}+${index}=z@mail.example.test>` : `chat-${mark}-${index}`,
    channel,
    buyer: { email: `${firstName}.${index}@example.test`.toLowerCase(), firstName, lastName: 'Alder' },
    link: random.chance(0.8) ? 'own' : random.pick<LinkKind>(['none', 'missing', 'foreign', 'several']),
    order: random.pick(CASE_NAMES),
    acts: actsOf(random),
  };
}

function actsOf(random: Random): Act[] {
  const writes = (atMs: number, text: string, isDispute = false): Act => ({ kind: 'writes', atMs, text, isDispute });
  const acts = [writes(0, random.pick(random.chance(0.85) ? ABOUT_ORDERS : ABOUT_ELSE))];
  const follows = random.chance(0.3) ? random.integer(1, 2) : 0;
  for (let count = 0; count < follows; count += 1) {
    const isDispute = random.chance(0.2);
    const atMs = random.chance(0.5) ? random.integer(0, 14_000) : random.integer(14_000, 1_800_000);
    acts.push(writes(atMs, random.pick(isDispute ? DISPUTES : FOLLOW_UPS), isDispute));
  }
  if (random.chance(0.1)) acts.push({ kind: 'answers', atMs: random.integer(100, 60_000) });
  if (random.chance(0.25)) acts.push({ kind: 'moves', atMs: random.integer(100, 90_000), to: random.pick(CASE_NAMES) });
  return acts.sort((left, right) => left.atMs - right.atMs);
}

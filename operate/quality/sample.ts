/** Which messages people look at: the same for whoever asks on the same day (platform §6.7, decisions §8.9). Pure. */
import { createHash } from 'node:crypto';
import type { Message } from './message.ts';
import { countBy } from './shares.ts';

/** 5 % of a day, but 20 at least and 50 at most. */
const SHARE = 0.05;
const FEWEST = 20;
const MOST = 50;
const TOP_INTENTS = 5;
/** Beside all of Tier 0, in shadow and in the first 30 days. */
const OTHERS_THAN_TIER0 = 50;

export type Stratum = { readonly channel: string; readonly tier: Message['tier']; readonly intent: string };
export type Queued = { readonly message: Message; readonly stratum: Stratum };

/**
 * One message a ticket; every stratum of channel, tier and top intent has its turn before one has a second, so that the rare
 * ones are seen at all.
 *
 * @param day  what the draw is made from: another day draws others
 */
export function qaQueue(messages: readonly Message[], day: string): Queued[] {
  const one = drawn(messages, day).filter(firstOf(({ conversationId }: Message) => conversationId));
  const size = Math.min(one.length, Math.max(FEWEST, Math.min(MOST, Math.ceil(one.length * SHARE))));
  const top = new Set(
    countBy(one, ({ intent }) => intent)
      .slice(0, TOP_INTENTS)
      .map(({ of }) => of),
  );
  const stratumOf = ({ channel, tier, intent }: Message): Stratum => ({
    channel,
    tier,
    intent: top.has(intent) ? intent : 'other',
  });
  const strata = [...Map.groupBy(one, (message) => JSON.stringify(stratumOf(message))).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => members);
  const queue: Queued[] = [];
  for (let turn = 0; queue.length < size; turn += 1)
    for (const members of strata) {
      const message = members[turn];
      if (message !== undefined && queue.length < size) queue.push({ message, stratum: stratumOf(message) });
    }
  return queue;
}

/** All that Tier 0 took, and as many others as show what it missed. */
export function tier0Sample(
  messages: readonly Message[],
  week: string,
): { readonly tier0: readonly Message[]; readonly others: readonly Message[] } {
  return {
    tier0: messages.filter(({ tier }) => tier === 0),
    others: drawn(
      messages.filter(({ tier }) => tier !== 0),
      week,
    ).slice(0, OTHERS_THAN_TIER0),
  };
}

/** In an order that depends on the day and the ids alone. */
function drawn(messages: readonly Message[], salt: string): Message[] {
  const lot = ({ conversationId, messageKey }: Message): string =>
    createHash('sha256').update(`${salt}\n${conversationId}\n${messageKey}`).digest('hex');
  return messages
    .map((message) => ({ message, lot: lot(message) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ message }) => message);
}

function firstOf<T>(key: (item: T) => string): (item: T) => boolean {
  const seen = new Set<string>();
  return (item) => {
    const is = key(item);
    if (seen.has(is)) return false;
    seen.add(is);
    return true;
  };
}

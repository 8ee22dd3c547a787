/** What becomes of a dead letter: back to its function, or given up (platform §5.9). Pure. */
import type { EventName } from '../../events/catalogue.ts';
import { EVENT_NAMES } from '../../events/catalogue.ts';
import type { FunctionName } from '../../events/words.ts';
import { openDelivery } from '../../functions/shared/consumer/opening.ts';
import { CONSUMERS } from '../../functions/shared/consumers.ts';
import { topology } from '../../stacks/topology.ts';
import { DECLARATIONS } from '../../stacks/topology-rules.ts';
import type { Letter, Work } from './letter.ts';

/**
 * What the front door says of an event that somebody else than its producer put on the bus, or before it could ask who did: ours
 * state no such event. Whatever it says of a message is a stranger's word.
 */
const FOREIGN = ['foreign_source', 'foreign_producer', 'name_mismatch', 'no_envelope', 'invalid_metadata'];

/** Older ones may route, and answer nobody (platform §5.9). */
export const ROUTE_ONLY_AFTER_MS = 24 * 60 * 60_000;

export type Plan =
  | {
      readonly kind: 'redrive';
      readonly isRouteOnly: boolean;
      /** Bodies for the function's own later queue: through the same front door (protocols §5). */
      readonly bodies: readonly string[];
    }
  | { readonly kind: 'give_up'; readonly why: string };

/**
 * @param now         epoch milliseconds
 * @param replayName  what makes a letter route-only: the mark of a recovery, which no reply is made for (architecture §3)
 */
export function planOf(letter: Letter, now: number, replayName: string): Plan {
  const foreign = foreignCauseOf(letter, now);
  if (foreign !== null) return { kind: 'give_up', why: foreign };
  if (letter.work.length === 0) return { kind: 'give_up', why: 'unreadable' };
  if (!hasLaterQueue(letter.function)) return { kind: 'give_up', why: 'no_way_back' };
  const objection = letter.work.map((work) => objectionTo(letter, work, now)).find((why) => why !== null);
  if (objection) return { kind: 'give_up', why: objection };
  const isRouteOnly = hasEffects(letter.function) && now - ageFrom(letter) > ROUTE_ONLY_AFTER_MS;
  const bodies = letter.work.map((work) => bodyOf(work, now, isRouteOnly ? replayName : null));
  return { kind: 'redrive', isRouteOnly, bodies };
}

/**
 * Why nothing is believed that its envelope says; `null` where its producer stated it, as far as the letter tells.
 *
 * @param now  epoch milliseconds
 */
export function foreignCauseOf(letter: Letter, now: number): string | null {
  // A later queue does not tell who put it on the bus: whoever was refused for it would be let in.
  if (FOREIGN.includes(letter.cause)) return letter.cause;
  const [first] = letter.work;
  if (first?.kind !== 'envelope' || letter.metadata === null) return null;
  const objection = objectionTo(letter, first, now);
  return objection !== null && FOREIGN.includes(objection) ? objection : null;
}

/** The message's own receipt; of what names none, when the letter was written. */
export function ageFrom({ metadata, sentAt }: Letter): number {
  return Math.min(sentAt, Date.parse(metadata?.receivedAt ?? metadata?.occurredAt ?? new Date(sentAt).toISOString()));
}

/** What the function's front door would say to it today: a patched one may read what a former one could not. */
function objectionTo(letter: Letter, work: Work, now: number): string | null {
  if (work.kind === 'errand') return letter.function === 'classify' ? null : 'no_way_back';
  const { source, replayName } = work;
  const delivery = { detailType: null, parked: null, receives: 1, detail: work.envelope, source, replayName };
  const opened = openDelivery(heardBy(letter.function), delivery, now, hasEffects(letter.function));
  return opened.ok ? null : opened.cause;
}

function bodyOf(work: Work, now: number, replayName: string | null): string {
  if (work.kind === 'errand') return JSON.stringify({ errand: work.errand });
  const parked = { firstAt: now, count: 0, totalMs: 0, code: 'redriven' };
  return JSON.stringify({ envelope: work.envelope, parked, replayName: work.replayName ?? replayName });
}

function heardBy(name: FunctionName): readonly EventName[] {
  return DECLARATIONS.filter(({ target }) => target === name).flatMap(({ hears }) =>
    hears === 'everything' ? EVENT_NAMES : hears.map(({ event }) => event),
  );
}

const hasLaterQueue = (name: FunctionName): boolean =>
  topology.functions.some((spec) => spec.name === name && spec.laterQueue);

/** The auditor, and consumers that only watch, write down, whatever the age. */
export const hasEffects = (name: FunctionName): boolean => name !== 'auditor' && !onlyWatches(name);

/** What it misses is no loss to a message: nobody has to look at the ticket. */
export const onlyWatches = (name: FunctionName): boolean => CONSUMERS.some((consumer) => consumer === name);

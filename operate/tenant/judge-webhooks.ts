/** V1–V5 and V10, from what the test rules delivered and what the API says about the same tickets. Pure. */
import { decodeEntities } from '../../functions/shared/helpdesk/html.ts';
import { identifierOf } from '../../functions/shared/helpdesk/shapes.ts';
import type { Ticket } from '../../functions/shared/ports.ts';
import { reveal } from '../../functions/shared/restricted.ts';
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { type Finding, inconclusive, no, yes } from './answer.ts';
import type { ProbeHeard, ProbeName } from './probes.ts';
import { PROBE_TAG } from './probes.ts';

export type WebhookEvidence = {
  readonly heard: readonly ProbeHeard[];
  /** Tickets that probes named, as the API knows them, by id. */
  readonly tickets: ReadonlyMap<string, Ticket>;
};
type WebhookItem = 'V1' | 'V2' | 'V3' | 'V4' | 'V5' | 'V10';

/** `null` evidence: nobody listened. */
export function judgeWebhooks(evidence: WebhookEvidence | null): Readonly<Record<WebhookItem, Finding>> {
  if (evidence === null || evidence.heard.length === 0) {
    const silent = inconclusive(evidence === null ? 'needs_webhook' : 'nothing_heard');
    return { V1: silent, V2: silent, V3: silent, V4: silent, V5: silent, V10: silent };
  }
  return {
    V1: placed(evidence),
    V2: ordered(evidence),
    V3: headed(evidence),
    V4: escaped(evidence),
    V5: identified(evidence),
    V10: conditioned(evidence),
  };
}

const named = ({ heard }: WebhookEvidence, name: ProbeName): readonly ProbeHeard[] =>
  heard.filter((probe) => probe.name === name);

/** The ticket that a probe names, where the API knows it too: a made-up delivery proves nothing. */
export function ticketOf({ fields }: ProbeHeard, tickets: ReadonlyMap<string, Ticket>): Ticket | null {
  const id = identifierOf(fields?.ticket_id);
  return id === null ? null : (tickets.get(id) ?? tickets.get(decodeEntities(id)) ?? null);
}

function placed(evidence: WebhookEvidence): Finding {
  const heard = named(evidence, 'tagging');
  const known = heard.filter((probe) => ticketOf(probe, evidence.tickets) !== null).length;
  const counts = { deliveries: heard.length, ofKnownTickets: known };
  if (known > 0) return yes(counts);
  return inconclusive(heard.length > 0 ? 'unknown_ticket' : 'nothing_heard', counts);
}

/** The first of two rules skips the rest: of its own list, so that the second is silent and the other list speaks. */
function ordered(evidence: WebhookEvidence): Finding {
  const ids = (name: ProbeName): Set<string> =>
    new Set(named(evidence, name).flatMap((probe) => ticketOf(probe, evidence.tickets)?.id ?? []));
  const [first, second, tagging] = [ids('first'), ids('second'), ids('tagging')];
  const counts = { first: first.size, second: second.size, tagging: tagging.size };
  if (first.size === 0) return inconclusive('nothing_heard', counts);
  if ([...first].some((id) => second.has(id))) return no('skip_without_effect', counts);
  return [...first].every((id) => tagging.has(id)) ? yes(counts) : no('skip_blocks_other_lists', counts);
}

function headed({ heard }: WebhookEvidence): Finding {
  const counts = { deliveries: heard.length, withHeader: heard.filter(({ hasToken }) => hasToken).length };
  return counts.withHeader > 0 ? yes(counts) : no('header_missing', counts);
}

const HARD = ['"', '\\', '\n', '{{'];

function escaped(evidence: WebhookEvidence): Finding {
  const heard = named(evidence, 'text');
  const broken = heard.filter(({ fields }) => fields === null).length;
  const hard = heard.filter((probe) => textsOf(probe, evidence).some(isHard));
  const equal = hard.filter((probe) => textsOf(probe, evidence).includes(normal(probe.fields?.text))).length;
  const counts = { deliveries: heard.length, broken, hard: hard.length, equal };
  if (broken > 0) return no('body_broken', counts);
  if (hard.length === 0) return inconclusive(heard.length > 0 ? 'text_too_plain' : 'nothing_heard', counts);
  return equal === hard.length ? yes(counts) : no('text_changed', counts);
}

/** What customers wrote on the ticket of a probe. */
function textsOf(probe: ProbeHeard, { tickets }: WebhookEvidence): readonly string[] {
  const comments = ticketOf(probe, tickets)?.comments ?? [];
  return comments.filter(({ author }) => author === 'customer').map(({ text }) => normal(reveal(text)));
}

function isHard(text: string): boolean {
  return HARD.every((part) => text.includes(part)) && /\p{Extended_Pictographic}/u.test(text);
}

function normal(text: unknown): string {
  return typeof text === 'string' ? text.replaceAll('\r\n', '\n').trim() : '';
}

function identified(evidence: WebhookEvidence): Finding {
  const heard = named(evidence, 'tagging');
  const known = heard.flatMap((probe) => {
    const comments = ticketOf(probe, evidence.tickets)?.comments ?? [];
    const id = identifierOf(probe.fields?.message_id);
    return comments.some((comment) => decodeVendorId(comment.id) === id) ? [id] : [];
  });
  const counts = { deliveries: heard.length, equalToComment: known.length, different: new Set(known).size };
  if (heard.length === 0) return inconclusive('nothing_heard', counts);
  // One id proves that there is one, two that it belongs to the message.
  if (counts.different >= 2) return yes(counts);
  return known.length === 0 ? no('no_message_id', counts) : inconclusive('too_few', counts);
}

/** Heard of a ticket without the tag, silent about one that has it and spoke through the other rule. */
function conditioned(evidence: WebhookEvidence): Finding {
  const tagged = (name: ProbeName, isTagged: boolean): number =>
    named(evidence, name).filter((probe) => ticketOf(probe, evidence.tickets)?.tags.includes(PROBE_TAG) === isTagged)
      .length;
  const counts = {
    untagged: tagged('untagged', false),
    tagged: tagged('untagged', true),
    taggedTickets: tagged('tagging', true),
  };
  if (counts.tagged > 0) return no('condition_without_effect', counts);
  return counts.untagged > 0 && counts.taggedTickets > 0 ? yes(counts) : inconclusive('nothing_heard', counts);
}

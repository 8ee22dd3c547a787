/** The simulator's checker over a run on the wire, without the rules that rest on what no wire can tell. */
import { check, type Verdict, type Violation } from '../checker/check.ts';
import type { RuleName } from '../checker/rules.ts';
import type { Account, Fact } from '../facts.ts';

const READS = 'which process read a ticket, and when, is known to itself alone';
const SCALED = 'the waits of a run on the wire are scaled, and the rule counts in full ones';

/** Every rule that is not applied, and why. */
export const LEFT_OUT: Readonly<Partial<Record<RuleName, string>>> = {
  'unchecked-window': READS,
  'decides-newest': READS,
  'turn-whole': READS,
  'turn-once': READS,
  'claim-kept': READS,
  producer: 'which process told a fact is not in the fact',
  'one-door': 'which process sent is not in the request',
  'one-claim': 'a table keeps the last claim of a door',
  'flagged-first': 'a table keeps no order between two of its records',
  'second-look': SCALED,
  'sweep-back-off': SCALED,
  'early-stall': SCALED,
  projection: 'no read model is rebuilt in such a run; `test:full` has `rebuild`',
};

export function judge(account: Account): Verdict {
  const verdict = check(account);
  const unread = unreadTickets(account);
  const isUnread = ({ rule, conversationId }: Violation): boolean =>
    rule === 'missed-dispute' && unread.has(conversationId ?? '');
  return {
    ...verdict,
    violations: verdict.violations.filter((one) => LEFT_OUT[one.rule] === undefined && !isUnread(one)),
  };
}

/**
 * A message that its deadline met before anybody had read it is given to a person unread (protocols §7), a dispute as well. With
 * chat's deadline at a tenth, a busy machine gets there.
 */
function unreadTickets({ facts, tickets }: Account): ReadonlySet<string> {
  const named = (name: string): Set<string> =>
    new Set(
      facts.flatMap((fact) => {
        if (fact.kind !== 'published' || fact.detailType !== name) return [];
        const { metadata } = JSON.parse(fact.detail) as { metadata: { conversationId: string; rootEventId: string } };
        return [`${metadata.conversationId} ${metadata.rootEventId}`];
      }),
    );
  const decided = named('MessageClassified');
  const unread = [...named('MessageStalled')].filter((one) => !decided.has(one)).map((one) => one.split(' ')[0] ?? '');
  const forPeople = tickets.filter(({ tags }) => FOR_A_PERSON.every((tag) => tags.includes(tag)));
  return new Set(forPeople.map(({ conversationId }) => conversationId).filter((id) => unread.includes(id)));
}

const FOR_A_PERSON = ['mw-error-needs-attention', 'mw-needs-manual-triage'] as const;

/** All that is known of the conversation of a violation, oldest first: no second run would be the same. */
export function traceOf({ facts, tickets }: Account, { conversationId }: Violation): string[] {
  const ticket = tickets.find((one) => one.conversationId === conversationId);
  return conversationId === null
    ? []
    : [
        ...facts.flatMap((fact) => lineOf(fact, conversationId)),
        ...(ticket ? [`at the end ${JSON.stringify(ticket)}`] : []),
      ];
}

function lineOf(fact: Fact, conversationId: string): string[] {
  const at = new Date(fact.at).toISOString();
  if (fact.kind === 'published') {
    const { metadata, data } = JSON.parse(fact.detail) as {
      metadata: {
        eventId: string;
        rootEventId: string | null;
        conversationId: string | null;
        messageId: string | null;
      };
      data: { reasonCodes?: readonly string[]; routeTag?: string; tier?: number; outcome?: string };
    };
    const { eventId, rootEventId, messageId } = metadata;
    const { reasonCodes, routeTag, tier, outcome } = data;
    return metadata.conversationId === conversationId
      ? [
          `${at} ${fact.detailType} ${JSON.stringify({ eventId, rootEventId, messageId, routeTag, tier, outcome, reasonCodes })}`,
        ]
      : [];
  }
  if (fact.kind === 'switch' || fact.kind === 'replay') return [`${at} ${JSON.stringify(fact)}`];
  if (!('conversationId' in fact) || fact.conversationId !== conversationId) return [];
  const { at: _, ...told } = fact;
  // What we wrote to a customer is not needed to see what went wrong.
  return [`${at} ${JSON.stringify(told.kind === 'sent' ? { ...told, text: told.text.length } : told)}`];
}

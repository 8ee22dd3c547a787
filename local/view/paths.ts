/** The way of each message through the choreography, as the facts tell it. Holds ids, names and codes only. */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Outcome } from '../../events/words.ts';

export type Step = {
  readonly fact: string;
  /** A word or two for people. */
  readonly label: string;
  /** Milliseconds after the message was received. */
  readonly ms: number;
};

export type Path = {
  readonly root: string;
  readonly conversationId: string;
  readonly channel: string;
  /** ISO, UTC. */
  readonly receivedAt: string;
  readonly steps: readonly Step[];
  readonly intent: string | null;
  readonly team: string | null;
  readonly template: string | null;
  /** What would have been sent, had writing been on. */
  readonly wouldSend: string | null;
  /** Gates that objected in the last stage that judged, each with its reason. */
  readonly objections: readonly string[];
  readonly outcome: Outcome | null;
  readonly ms: number | null;
};

export type Counters = {
  readonly received: number;
  readonly settled: number;
  readonly inFlight: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
};

export type Paths = {
  /** Takes in a fact; answers the path it belongs to when it told something new. */
  hear(fact: AnyEvent): Path | null;
  /** The last ones, newest first, settled or not. */
  recent(): readonly Path[];
  counters(): Counters;
};

const LABELS: Readonly<Record<string, string>> = {
  MessageReceived: 'received',
  MissedMessageDetected: 'found by looking',
  MessageDeduplicated: 'nothing to do',
  MessageClassified: 'classified',
  ClassificationFailed: 'fallback',
  OrderMatched: 'order found',
  OrderNotMatched: 'no order',
  OrderLookupFailed: 'look-up failed',
  ReplyApproved: 'approved',
  ReplyDenied: 'denied',
  EscalationRaised: 'escalated',
  TicketRouted: 'routed',
  RoutingSkipped: 'route stands',
  RoutingFailed: 'routing failed',
  ReplySent: 'sent',
  ReplySuppressed: 'withheld',
  ReplyFailed: 'reply failed',
  ReplyOutcomeUnclear: 'unclear',
  TicketResolved: 'resolved',
  MessageStalled: 'stalled',
  MessageSettled: 'settled',
};
const ROOTS = new Set(['MessageReceived', 'MissedMessageDetected']);
const KEEP = 100;
/** Bound on what is remembered while it waits. */
const MOST_IN_FLIGHT = 2_000;
/** Event ids of the recent past, since a fact may be published twice. */
const MOST_IDS = 20_000;

export function createPaths(keep = KEEP): Paths {
  const inFlight = new Map<string, Path>();
  const settled: Path[] = [];
  const heard = new Set<string>();
  const counts = { received: 0, settled: 0 };
  const outcomes: Record<Outcome, number> = { replied: 0, routed: 0, suppressed: 0, failed: 0 };

  function isNews(eventId: string): boolean {
    if (heard.has(eventId)) return false;
    heard.add(eventId);
    if (heard.size > MOST_IDS) heard.delete(heard.values().next().value ?? '');
    return true;
  }

  return {
    hear(fact) {
      const { metadata } = fact;
      const root = metadata.rootEventId;
      if (root === null || metadata.conversationId === null || metadata.replay !== null) return null;
      if (!isNews(metadata.eventId)) return null;
      const isRoot = ROOTS.has(metadata.eventName);
      if (isRoot) counts.received += 1;
      const before = inFlight.get(root) ?? settled.find((path) => path.root === root) ?? begun(fact, root);
      const after = grown(before, fact);
      if (before.outcome !== null) {
        settled.splice(settled.indexOf(before), 1, after);
        return after;
      }
      inFlight.delete(root);
      if (after.outcome === null) {
        inFlight.set(root, after);
        if (inFlight.size > MOST_IN_FLIGHT) inFlight.delete(inFlight.keys().next().value ?? '');
        return after;
      }
      counts.settled += 1;
      outcomes[after.outcome] += 1;
      settled.push(after);
      if (settled.length > keep) settled.shift();
      return after;
    },
    recent: () => [...settled, ...inFlight.values()].slice(-keep).reverse(),
    counters: () => ({ ...counts, inFlight: inFlight.size, outcomes: { ...outcomes } }),
  };
}

function begun({ metadata }: AnyEvent, root: string): Path {
  return {
    root,
    conversationId: metadata.conversationId ?? '',
    channel: metadata.channel,
    receivedAt: metadata.receivedAt ?? metadata.occurredAt,
    steps: [],
    intent: null,
    team: null,
    template: null,
    wouldSend: null,
    objections: [],
    outcome: null,
    ms: null,
  };
}

function grown(path: Path, { metadata, data }: AnyEvent): Path {
  const { eventName, channel } = metadata;
  const text = (key: string): string | null => (typeof data[key] === 'string' ? data[key] : null);
  const ms = Math.max(0, Date.parse(metadata.occurredAt) - Date.parse(path.receivedAt));
  const step = { fact: eventName, label: LABELS[eventName] ?? eventName, ms };
  return {
    ...path,
    // A minimal webhook does not name the channel; whoever has read the ticket does.
    channel: channel === 'unknown' ? path.channel : channel,
    steps: [...path.steps, step],
    intent: text('primaryIntent') ?? path.intent,
    team: text('department') ?? text('wouldRouteTo') ?? path.team,
    template: eventName === 'ReplySent' ? text('templateId') : path.template,
    wouldSend: eventName === 'ReplyDenied' && data.wouldReply === true ? text('templateCandidate') : path.wouldSend,
    objections: objectionsOf(data.decision) ?? path.objections,
    ...(eventName === 'MessageSettled' && {
      outcome: (text('outcome') as Outcome | null) ?? path.outcome,
      ms: typeof data.endToEndMs === 'number' ? data.endToEndMs : ms,
    }),
  };
}

/** `G27 shadow_mode`; `null` where the fact carries no decision. */
function objectionsOf(decision: unknown): string[] | null {
  const { gateReport }: { gateReport?: unknown } = Object(decision);
  if (!Array.isArray(gateReport)) return null;
  return gateReport
    .map((entry): { gate?: unknown; result?: unknown; reasonCode?: unknown } => Object(entry))
    .filter(({ result }) => result === 'block')
    .map(({ gate, reasonCode }) => `${gate} ${reasonCode ?? ''}`.trimEnd());
}

/** Facts as they are stated, gathered by the message they belong to, until somebody has made a row of them. */
import type { AnyEvent } from '../../events/define-event.ts';

export type Trace = {
  /** Event id under which the message entered. */
  readonly root: string;
  /** Each once, in the order in which they were first published. */
  readonly facts: readonly AnyEvent[];
};

/** What is known of the message whose comment it is. */
export type Settlement =
  | { readonly kind: 'own'; readonly trace: Trace }
  /** Read and decided as part of a turn whose newest comment is another. */
  | { readonly kind: 'overtaken'; readonly trace: Trace };

export type Traces = {
  hear(fact: AnyEvent): void;
  /**
   * Resolves when the comment's message has settled; `null` when nothing was heard of it for `patienceMs`.
   *
   * @param comment  id in events' spelling
   * @param root  event id that the webhook was answered with
   */
  settled(comment: string, root: string, patienceMs: number): Promise<Settlement | null>;
  /** Lets go of what is not needed any more. */
  forget(root: string): void;
};

type Gathered = { facts: Map<string, AnyEvent>; settledAt: number | null };
type Waiter = { comment: string; root: string; lastNews: number; check(): void };

const LOOK_AGAIN_MS = 1_000;
/** A reply may settle a message while the route that was decided with it is still being written. */
const ROUTE_GRACE_MS = 15_000;
const DECIDED: readonly string[] = ['MessageClassified', 'ClassificationFailed'];
const ROUTE_TOLD: readonly string[] = ['TicketRouted', 'RoutingSkipped', 'RoutingFailed', 'MessageDeduplicated'];

export function createTraces(now: () => number = () => performance.now()): Traces {
  const gathered = new Map<string, Gathered>();
  const forgotten = new Set<string>();
  const rootsOfComment = new Map<string, Set<string>>();
  const waiters = new Set<Waiter>();

  function hear(fact: AnyEvent): void {
    const { metadata, data } = fact;
    const root = metadata.rootEventId;
    if (root === null || metadata.replay !== null || forgotten.has(root)) return;
    const trace = gathered.get(root) ?? { facts: new Map(), settledAt: null };
    gathered.set(root, trace);
    // The first copy counts: a fact may be published again.
    if (!trace.facts.has(metadata.eventId)) trace.facts.set(metadata.eventId, fact);
    const turn = Array.isArray(data.turnCommentIds) ? data.turnCommentIds.map(String) : [];
    for (const comment of [metadata.messageKey, ...turn]) {
      if (comment === null) continue;
      const roots = rootsOfComment.get(comment) ?? new Set();
      rootsOfComment.set(comment, roots.add(root));
    }
    if (metadata.eventName === 'MessageSettled') trace.settledAt ??= now();
    for (const waiter of waiters) {
      if (waiter.root === root || rootsOfComment.get(waiter.comment)?.has(root)) {
        waiter.lastNews = now();
        waiter.check();
      }
    }
  }

  function settlementOf(comment: string, root: string): Settlement | null {
    const roots = [...new Set([root, ...(rootsOfComment.get(comment) ?? [])])].filter(isOver);
    const traces = roots.map((one) => ({ root: one, facts: [...(gathered.get(one)?.facts.values() ?? [])] }));
    const own = traces.find((trace) => isAbout(trace, comment)) ?? traces.find((trace) => isAlone(trace, comment));
    if (own !== undefined) return { kind: 'own', trace: own };
    const turn = traces.find(({ facts }) => turnOf(facts).includes(comment));
    return turn === undefined ? null : { kind: 'overtaken', trace: turn };
  }

  /** Settled, and what its route came to is told or has had its time. */
  function isOver(root: string): boolean {
    const trace = gathered.get(root);
    if (trace === undefined || trace.settledAt === null) return false;
    const names = [...trace.facts.values()].map(({ metadata }) => metadata.eventName);
    const isRouteOpen =
      names.some((name) => DECIDED.includes(name)) && !names.some((name) => ROUTE_TOLD.includes(name));
    return !isRouteOpen || now() - trace.settledAt >= ROUTE_GRACE_MS;
  }

  return {
    hear,
    settled(comment, root, patienceMs) {
      return new Promise((resolve) => {
        const done = (settlement: Settlement | null): void => {
          clearInterval(timer);
          waiters.delete(waiter);
          resolve(settlement);
        };
        const waiter: Waiter = {
          comment,
          root,
          lastNews: now(),
          check() {
            const settlement = settlementOf(comment, root);
            if (settlement !== null) done(settlement);
            else if (now() - waiter.lastNews > patienceMs) done(null);
          },
        };
        const timer = setInterval(waiter.check, LOOK_AGAIN_MS);
        waiters.add(waiter);
        waiter.check();
      });
    },
    forget(root) {
      const trace = gathered.get(root);
      gathered.delete(root);
      forgotten.add(root);
      for (const { metadata, data } of trace?.facts.values() ?? []) {
        const turn = Array.isArray(data.turnCommentIds) ? data.turnCommentIds.map(String) : [];
        for (const comment of [metadata.messageKey, ...turn]) if (comment !== null) rootsOfComment.delete(comment);
      }
    },
  };
}

/** The message that settled, or that the webhook named, is this comment. */
function isAbout({ facts }: Trace, comment: string): boolean {
  return facts.some(({ metadata }) => {
    const isNaming =
      metadata.eventName === 'MessageSettled' || metadata.hops === 0 || metadata.causationId === metadata.eventId;
    return isNaming && metadata.messageKey === comment;
  });
}

/** A message without a turn of its own, which the webhook led to and no comment names. */
function isAlone({ facts }: Trace, comment: string): boolean {
  const settled = facts.find(({ metadata }) => metadata.eventName === 'MessageSettled');
  const turn = turnOf(facts);
  return settled?.metadata.messageId === null && (turn.length === 0 || turn.includes(comment));
}

function turnOf(facts: readonly AnyEvent[]): string[] {
  return facts.flatMap(({ data }) => (Array.isArray(data.turnCommentIds) ? data.turnCommentIds.map(String) : []));
}

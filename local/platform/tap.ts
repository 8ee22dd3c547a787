/** Listens to what is stated on the bus, as it is accepted: what was published twice is heard twice, replays are not heard. */
import type { AnyEvent } from '../../events/define-event.ts';
import type { AwsOperation } from '../aws/service.ts';

export type Listener = (fact: AnyEvent) => void;

export type Tap = {
  /** The same operation, overheard. */
  around(putEvents: AwsOperation): AwsOperation;
  /** Answers how to stop listening. */
  listen(listener: Listener): () => void;
};

type Entry = { readonly EventBusName?: unknown; readonly Source?: unknown; readonly Detail?: unknown };

/** @param bus  Name of the bus that is listened to. */
export function createTap(bus: string): Tap {
  const listeners = new Set<Listener>();

  function hear({ EventBusName, Source, Detail }: Entry): void {
    const isOurs =
      String(EventBusName ?? '')
        .split('/')
        .at(-1) === bus && String(Source ?? '').startsWith('frontdesk.');
    if (!isOurs || listeners.size === 0) return;
    const fact = factOf(Detail);
    if (fact !== null) for (const listener of listeners) listener(fact);
  }

  return {
    around: (putEvents) => async (input) => {
      const answer: { Entries?: readonly { ErrorCode?: unknown }[] } = Object(await putEvents(input));
      const entries: readonly Entry[] = Array.isArray(input.Entries) ? input.Entries : [];
      for (const [index, entry] of entries.entries()) {
        if (answer.Entries?.[index]?.ErrorCode === undefined) hear(entry);
      }
      return answer;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Somebody may put anything on the bus under our name; only what has our envelope is a fact. */
function factOf(detail: unknown): AnyEvent | null {
  const parsed: { metadata?: { eventName?: unknown; eventId?: unknown }; data?: unknown } = Object(
    JSON.parse(String(detail)),
  );
  const isFact = typeof parsed.metadata?.eventName === 'string' && typeof parsed.metadata.eventId === 'string';
  return isFact && typeof parsed.data === 'object' && parsed.data !== null ? (parsed as AnyEvent) : null;
}

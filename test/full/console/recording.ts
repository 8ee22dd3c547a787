/** A stream as a real instance makes it: what was stated and what was measured while messages went through, in its order. */
import type { AnyEvent } from '../../../events/define-event.ts';
import type { Instance } from '../../../local/platform/instance.ts';
import type { Recorded } from '../../../local/telemetry/series.ts';
import { demoMix } from '../../bench/load/rows.ts';
import { saturate } from '../../bench/load/saturate.ts';
import type { Settled } from '../../bench/system/messages.ts';

export type Told = { readonly fact: AnyEvent } | { readonly measured: Recorded };

const BACKLOG = 20;

/** Resolves when so many messages of the shipped mix have settled. */
export async function record(
  { platform, ready }: Pick<Instance, 'platform' | 'ready'>,
  messages: number,
): Promise<Told[]> {
  const told: Told[] = [];
  const settled: ((one: Settled) => void)[] = [];
  platform.endpoint.tap.listen((fact) => {
    told.push({ fact });
    const { eventName, rootEventId } = fact.metadata;
    if (eventName === 'MessageSettled' && rootEventId !== null)
      for (const listener of settled) listener([rootEventId, Date.now()]);
  });
  platform.onMeasured((measured) => told.push({ measured }));
  await saturate(
    { ready, onSettled: (listener) => void settled.push(listener) },
    { rows: demoMix(messages), backlog: BACKLOG },
  );
  return [...told];
}

export type Replay = {
  /** Facts told so far. */
  facts(): number;
  stop(): void;
};

const STEP_MS = 10;

/**
 * Tells a recording over and over, so many facts a second, with what was measured between them. Every round has ids of its own:
 * to whoever hears it, each is another message.
 */
export function replay(
  told: readonly Told[],
  perSecond: number,
  hear: { fact(fact: AnyEvent): void; measured(recorded: Recorded): void },
): Replay {
  const began = performance.now();
  let facts = 0;
  let at = 0;
  let round = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
    while (facts < due) {
      const next = told[at % told.length];
      if (at % told.length === 0) round += 1;
      at += 1;
      if (next === undefined) return;
      if ('measured' in next) hear.measured({ ...next.measured, at: Date.now() });
      else {
        facts += 1;
        hear.fact(inRound(next.fact, round));
      }
    }
  }, STEP_MS);
  return { facts: () => facts, stop: () => clearInterval(timer) };
}

function inRound({ metadata, data }: AnyEvent, round: number): AnyEvent {
  const own = (id: string | null): string | null => (id === null ? null : `${id}-${round}`);
  const now = new Date().toISOString();
  return {
    metadata: {
      ...metadata,
      eventId: `${metadata.eventId}-${round}`,
      rootEventId: own(metadata.rootEventId),
      conversationId: own(metadata.conversationId),
      ...{ occurredAt: now, publishedAt: now, receivedAt: now },
    },
    data,
  };
}

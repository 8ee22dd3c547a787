/** A finished event that is delivered again: repeated, or looked at again where an attempt had died. */
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../../events/define-event.ts';
import { delivered } from '../testing.ts';
import { decided } from './definition.ts';
import { type Handle, MINUTE, say, setUp, skipped } from './testing.ts';

describe('deciding once (protocols §4)', () => {
  it('a repeat on a finished event states facts of its own, never other bytes under a known id', async () => {
    let times = 0;
    const { handler, event, published } = setUp(
      async ({ state }) => {
        times += 1;
        const wouldRouteTo = times === 1 ? 'Returns Admin' : 'Leadership Team';
        return decided([state('RoutingSkipped', { decisionId: null, reasonCode: 'shadow_mode', wouldRouteTo })]);
      },
      { repeatsWhenDone: () => true },
    );
    for (let time = 0; time < 3; time += 1) await handler(delivered(event));
    expect(published()).toHaveLength(3);
    expect(new Set(published().map(({ metadata }) => metadata.eventId)).size).toBe(3);
  });

  it('is looked at again where more than one attempt had begun it, and never by a replay', async () => {
    let looks = 0;
    let dies = true;
    const recheck = async () => {
      looks += 1;
    };
    const handle: Handle = async (context) => {
      if (dies) throw new Error('the process died');
      return decided([skipped(context)]);
    };
    const { handler, event, clock, container } = setUp(handle, { recheck });
    await handler(delivered(event)).catch(() => undefined);
    dies = false;
    clock.advance(5 * MINUTE);
    await handler(delivered(event));
    expect(looks).toBe(0);
    await handler(delivered(event));
    expect(looks).toBe(1);
    const replay = { name: 'r1', purpose: 'recovery', originalEventId: event.metadata.eventId } as const;
    await handler(delivered({ ...event, metadata: { ...event.metadata, replay } } as AnyEvent));
    expect(container.queues.failed).toEqual([]);
    expect(looks).toBe(1);
  });

  it('is looked at by a copy that was parked, though its ledger counts one attempt', async () => {
    const copies: unknown[] = [];
    const { handler, event } = setUp(say, { recheck: async () => void copies.push(1) });
    await handler(delivered(event));
    const body = { envelope: event, parked: { firstAt: 0, count: 1, totalMs: 0 }, replayName: null };
    await handler({ Records: [{ body: JSON.stringify(body) }] });
    expect(copies).toHaveLength(1);
  });

  it('a finished event that one attempt alone had begun is not looked at again', async () => {
    let looks = 0;
    const recheck = async () => {
      looks += 1;
    };
    const { handler, event } = setUp(say, { recheck });
    for (let time = 0; time < 3; time += 1) await handler(delivered(event));
    expect(looks).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../../events/define-event.ts';
import { SafeError } from '../errors.ts';
import { delivered } from '../testing.ts';
import { decided } from './definition.ts';
import { type Handle, setUp } from './testing.ts';

describe('what fails again and again', () => {
  const broken: Handle = async () => {
    throw new Error('impossible');
  };
  const parkedCopy = (event: AnyEvent, receives: number) => ({
    Records: [
      {
        body: JSON.stringify({ envelope: event, parked: { firstAt: 0, count: 1, totalMs: 5 }, replayName: null }),
        attributes: { ApproximateReceiveCount: String(receives) },
      },
    ],
  });

  it('out of the later queue goes to the failure queue at the third attempt, since that queue has no other end', async () => {
    const { handler, event, container } = setUp(broken);
    for (const receives of [1, 2])
      await expect(handler(parkedCopy(event, receives))).rejects.toEqual(new SafeError('bug'));
    expect(container.queues.failed).toEqual([]);
    await handler(parkedCopy(event, 3));
    expect(container.queues.failed).toEqual([{ body: JSON.stringify(event), cause: 'bug' }]);
  });

  it('off the bus is left to Lambda’s attempts', async () => {
    const { handler, event, container } = setUp(broken);
    for (let time = 0; time < 3; time += 1)
      await expect(handler(delivered(event))).rejects.toEqual(new SafeError('bug'));
    expect(container.queues.failed).toEqual([]);
  });

  it('a fact that the function does not produce is refused, whatever the compiler was told', async () => {
    const { handler, event, published } = setUp(async ({ state }) =>
      decided([(state as unknown as (name: string, data: unknown) => AnyEvent)('TicketRouted', {})]),
    );
    await expect(handler(delivered(event))).rejects.toEqual(new SafeError('bug'));
    expect(published()).toEqual([]);
  });
});

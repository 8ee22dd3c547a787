import { describe, expect, it } from 'vitest';
import { delivered } from '../testing.ts';
import { decided } from './definition.ts';
import { say, setUp, skipped, wait } from './testing.ts';

describe('replays (protocols §9)', () => {
  it('the first consumer marks the envelope, and what it states carries the mark', async () => {
    const { handler, event, published } = setUp(say);
    await handler(delivered(event, 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W'));
    const replay = {
      name: 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W',
      purpose: 'recovery',
      originalEventId: event.metadata.eventId,
    };
    expect(published()[0]?.metadata.replay).toEqual(replay);
  });

  it('a mark survives parking', async () => {
    let turn = 0;
    const { handler, event, published, comeBack } = setUp(async (context) => {
      turn += 1;
      return turn === 1 ? wait() : decided([skipped(context)]);
    });
    await handler(delivered(event, 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W'));
    await comeBack(handler);
    expect(published()[0]?.metadata.replay).toMatchObject({ purpose: 'recovery' });
  });

  it('an event that was finished is not done again by its replay', async () => {
    const { handler, event, published } = setUp(say);
    await handler(delivered(event));
    await handler(delivered(event, 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W'));
    expect(published()).toHaveLength(1);
  });
});

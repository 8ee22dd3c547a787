/** Platform §5.9: what giving a letter up does to the message that it names, and whose word is taken for it. */
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import { putMessage, readMessage, recordKeyOf } from '../../functions/shared/ledger/messages.ts';
import { exampleOf, testWorld } from '../../functions/shared/testing.ts';
import { ATTENTION_TAG, type GivingUp, giveUp } from './give-up.ts';
import { readLetter } from './letter.ts';
import { planOf } from './plan.ts';

/** A message under way, and a letter that names it. */
async function given(
  queue: string,
  attributes: Readonly<Record<string, string>>,
  about: Partial<AnyEvent['metadata']>,
) {
  const world = testWorld();
  const { clock, store, bus, helpdesk } = world;
  const classify = world.container('classify');
  helpdesk.customerWrites({ conversationId: 'conv_1', text: 'hello' });
  const root = exampleOf('MessageReceived', clock.now(), { hops: 0 });
  const key = recordKeyOf(root.metadata);
  await putMessage(classify, key, root);
  const letter = readLetter({
    id: 'letter-1',
    queue: `frontdesk-local-${queue}`,
    body: JSON.stringify({ ...root, metadata: { ...root.metadata, ...about } }),
    attributes,
    sentAt: clock.now(),
  });
  const plan = letter && planOf(letter, clock.now(), 'recovery-');
  if (letter === null || plan?.kind !== 'give_up') throw new Error('it is not given up');
  const parts: GivingUp = {
    clock,
    store,
    bus,
    tagger: helpdesk,
    flags: () => classify.flags.read(true),
    env: 'local',
    release: '0.1.0',
  };
  return {
    root,
    parts,
    letter,
    why: plan.why,
    record: () => readMessage(classify, key),
    tags: async () => [...((await helpdesk.ticket('conv_1'))?.tags ?? [])],
    stated: () => bus.published.map(({ detail }) => JSON.parse(detail) as AnyEvent),
  };
}

describe('a letter that is given up', () => {
  it('ends the message that it names, with a sign on its ticket', async () => {
    const { root, parts, letter, why, record, tags, stated } = await given(
      'classify-failures',
      { cause: 'unknown_major' },
      { schemaVersion: '9.0' },
    );
    expect(await giveUp(parts, letter, why)).toEqual({ isTagged: true, isDead: true, isForeign: false });
    expect((await record())?.status).toBe('DEAD');
    expect(await tags()).toContain(ATTENTION_TAG);
    expect(stated()).toMatchObject([
      { metadata: { eventName: 'DeadLettered', rootEventId: root.metadata.rootEventId, conversationId: 'conv_1' } },
    ]);
  });

  it.each(['foreign_source', 'foreign_producer', 'name_mismatch', 'no_envelope', 'invalid_metadata'])(
    'as %s touches neither record nor ticket of the open message that it names, and states ids alone',
    async (cause) => {
      const { root, parts, letter, why, record, tags, stated } = await given('classify-failures', { cause }, {});
      const before = await record();
      expect(before?.status).toBe('RECEIVED');
      expect(await giveUp(parts, letter, why)).toEqual({ isTagged: false, isDead: false, isForeign: true });
      expect(await record()).toEqual(before);
      expect(await tags()).toEqual([]);
      const originalEventId = root.metadata.eventId;
      const data = { function: 'classify', originalEventName: 'MessageReceived', originalEventId, cause, attempts: 1 };
      const nobodys = { conversationId: null, rootEventId: null, intakeKey: null, messageId: null };
      expect(stated()).toMatchObject([{ metadata: { eventName: 'DeadLettered', ...nobodys }, data }]);
    },
  );
});

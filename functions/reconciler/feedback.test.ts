/** Platform §1.3, §9.6. */
import { describe, expect, it } from 'vitest';
import { type Fact, MINUTE, setUp } from './testing.ts';

describe('what agents say by tag (platform §9.6)', () => {
  const said = ({ told }: ReturnType<typeof setUp>) =>
    told().filter(({ metadata }) => metadata.eventName === 'AgentFeedbackReceived');

  it('is stated once for a ticket and a tag, however it is written and however often the ticket is looked at', async () => {
    const world = setUp();
    const { writes, claimed, run, clock, helpdesk } = world;
    await claimed('conv_1', writes('conv_1'));
    await helpdesk.addTags('conv_1', ['mw-processed', 'mw_feedback_misroute', 'mw_feedback_correct_dept_sales_team']);
    clock.advance(10 * MINUTE);
    await run();
    await helpdesk.addTags('conv_1', ['mw-feedback-misroute', 'mw:feedback:bad_reply']);
    helpdesk.agentWrites('conv_1', 'Wrong team.');
    clock.advance(15 * MINUTE);
    await run();
    world.store.tables.get('vendor_limits')?.clear();
    await run();
    expect(said(world).map(({ metadata, data }) => [metadata.conversationId, metadata.messageKey, data])).toEqual([
      ['conv_1', null, { tagCodes: ['mw:feedback:misroute'], appliedAt: expect.any(String) }],
      [
        'conv_1',
        null,
        {
          tagCodes: ['mw:feedback:correct_dept:sales_team'],
          correctDepartment: 'Sales Team',
          appliedAt: expect.any(String),
        },
      ],
      ['conv_1', null, { tagCodes: ['mw:feedback:bad_reply'], appliedAt: expect.any(String) }],
    ]);
  });

  it('is found on closed tickets once a day', async () => {
    const world = setUp();
    const { writes, claimed, run, clock, helpdesk } = world;
    for (const id of ['conv_1', 'conv_2']) await claimed(id, writes(id));
    await helpdesk.addTags('conv_1', ['mw:feedback:pii_risk']);
    helpdesk.agentCloses('conv_1');
    clock.advance(10 * MINUTE);
    await run();
    expect(said(world).map(({ metadata }) => metadata.conversationId)).toEqual(['conv_1']);
    await helpdesk.addTags('conv_2', ['mw:feedback:misroute']);
    helpdesk.agentWrites('conv_2', 'Done.');
    helpdesk.agentCloses('conv_2');
    clock.advance(15 * MINUTE);
    await run();
    expect(said(world)).toHaveLength(1);
    clock.advance(24 * 60 * MINUTE);
    await run();
    expect(said(world).map(({ metadata }) => metadata.conversationId)).toEqual(['conv_1', 'conv_2']);
  });

  it('a busy bus does not lose it: the next run states the same bytes', async () => {
    const world = setUp();
    const { writes, claimed, run, clock, helpdesk, replaces, bus } = world;
    await claimed('conv_1', writes('conv_1'));
    await helpdesk.addTags('conv_1', ['mw:feedback:misroute']);
    clock.advance(10 * MINUTE);
    const refused: string[] = [];
    replaces({
      bus: {
        putEvents: (entries: Parameters<typeof bus.putEvents>[0]) => {
          if (refused.length > 0 || entries[0]?.detailType !== 'AgentFeedbackReceived') return bus.putEvents(entries);
          refused.push(...entries.map(({ detail }) => detail));
          return Promise.resolve({ failed: [{ index: 0, code: 'Busy' }] });
        },
      },
    });
    await run();
    expect([said(world).length, refused.length]).toEqual([0, 1]);
    clock.advance(15 * MINUTE);
    await run();
    const first = JSON.parse(refused[0] ?? '') as Fact;
    expect(said(world)).toEqual([
      { ...first, metadata: { ...first.metadata, publishedAt: new Date(clock.now()).toISOString() } },
    ]);
  });
});

/** What every helpdesk adapter does alike (ports; reference §1.4, §3; platform §5.4). */
import { afterEach, describe, expect, it } from 'vitest';
import { plain } from '../../functions/shared/restricted.testing.ts';
import { restrict } from '../../functions/shared/restricted.ts';
import { httpShop, inProcessShop, memoryShop, type Shop } from './shops.ts';

const SHOPS: Readonly<Record<string, () => Promise<Shop>>> = {
  memory: async () => memoryShop(),
  'Richpanel in process': () => inProcessShop(),
  'Richpanel over HTTP': () => httpShop(),
};
const ID = 'conv-1';
const always = () => true;

describe.each(Object.keys(SHOPS))('a helpdesk: %s', (kind) => {
  let shop: Shop;
  const open = async (channel: 'email' | 'livechat' = 'email'): Promise<Shop> => {
    shop = await (SHOPS[kind] ?? memoryShop)();
    await shop.customerWrites(ID, 'Where is my order?', channel);
    return shop;
  };
  const read = async () => (await shop.reader.ticket(ID)) ?? raise();
  const reply = (channel: 'email' | 'livechat', text = 'We will look into it.') =>
    shop.sender.send({ conversationId: ID, channel, text: restrict(text) }, 10_000, always);
  afterEach(() => shop.close());

  it('answers null for a ticket it does not know', async () => {
    await open();
    expect(await shop.reader.ticket('conv-none')).toBeNull();
  });

  it.each(['email', 'livechat'] as const)('reads a new %s ticket', async (channel) => {
    await open(channel);
    const ticket = await read();
    expect(plain(ticket)).toMatchObject({
      id: ID,
      status: 'open',
      channel,
      tags: [],
      assignedTeam: null,
      customer: { email: 'nora@customer.test', firstName: 'Nora' },
      storeId: 'acme-store-1',
    });
    expect(ticket.comments).toHaveLength(1);
    expect(plain(ticket.comments[0])).toMatchObject({
      author: 'customer',
      text: 'Where is my order?',
      isHtml: false,
      isPublic: true,
      attachments: 0,
    });
  });

  it('tells customer, agent and our own seat apart, in the order of their times', async () => {
    await open();
    await shop.agentWrites(ID, 'Let me check.');
    await shop.customerWrites(ID, 'Thanks', 'email');
    await reply('email');
    const { comments } = await read();
    const sorted = [...comments].sort((left, right) => left.createdAt - right.createdAt);
    expect(sorted.map((comment) => comment.author)).toEqual(['customer', 'agent', 'customer', 'bot']);
    expect(new Set(comments.map((comment) => comment.id)).size).toBe(4);
  });

  it('adds and removes tags as sets, and reads the team off the route tag', async () => {
    await open();
    await shop.tagger.addTags(ID, ['mw-processed', 'route-sales-team']);
    await shop.tagger.addTags(ID, ['mw-processed', 'mw-tier-1']);
    expect([...(await read()).tags].sort()).toEqual(['mw-processed', 'mw-tier-1', 'route-sales-team']);
    expect((await read()).assignedTeam).toBe('Sales Team');
    await shop.tagger.removeTags(ID, ['route-sales-team', 'mw-never-there']);
    expect([...(await read()).tags].sort()).toEqual(['mw-processed', 'mw-tier-1']);
    expect((await read()).assignedTeam).toBeNull();
  });

  it('asks right before a tag is written or a ticket closed whether it still may be', async () => {
    await open();
    await shop.tagger.addTags(ID, ['mw-processed'], () => true);
    const before = await read();
    const passed = { kind: 'window_passed', applied: 'no' };
    await expect(shop.tagger.addTags(ID, ['mw-tier-1'], () => false)).rejects.toMatchObject(passed);
    await expect(shop.tagger.removeTags(ID, ['mw-processed'], () => false)).rejects.toMatchObject(passed);
    await expect(shop.closer.close(ID, () => false)).rejects.toMatchObject(passed);
    expect(await read()).toEqual(before);
  });

  it('says no team when two route tags stand', async () => {
    await open();
    await shop.tagger.addTags(ID, ['route-sales-team', 'route-returns-admin']);
    expect((await read()).assignedTeam).toBeNull();
  });

  it('closes, reopens, and opens again when the customer writes', async () => {
    await open();
    await shop.closer.close(ID);
    expect((await read()).status).toBe('closed');
    await shop.tagger.reopen(ID);
    expect((await read()).status).toBe('open');
    await shop.closer.close(ID);
    await shop.customerWrites(ID, 'One more thing', 'email');
    expect((await read()).status).toBe('open');
  });

  it.each(['email', 'livechat'] as const)(
    'sends a reply that the customer of a %s ticket receives once',
    async (channel) => {
      await open(channel);
      await reply(channel);
      expect(shop.outbox().map(({ conversationId, text }) => [conversationId, text])).toEqual([
        [ID, 'We will look into it.'],
      ]);
      const newest = (await read()).comments.at(-1);
      expect(plain(newest)).toMatchObject({ author: 'bot', text: 'We will look into it.' });
    },
  );

  it('sends nothing when the window has passed or no time is left', async () => {
    await open();
    const message = { conversationId: ID, channel: 'email', text: restrict('late') } as const;
    for (const attempt of [
      () => shop.sender.send(message, 10_000, () => false),
      () => shop.sender.send(message, 0, always),
    ])
      await expect(attempt()).rejects.toMatchObject({ kind: 'window_passed', applied: 'no' });
    expect(shop.outbox()).toEqual([]);
  });

  it('does not send where the channel is not known to deliver', async () => {
    await open();
    for (const channel of ['phone', 'unknown'] as const)
      await expect(
        shop.sender.send({ conversationId: ID, channel, text: restrict('x') }, 10_000, always),
      ).rejects.toMatchObject({
        kind: 'invalid',
        applied: 'no',
      });
    expect(shop.outbox()).toEqual([]);
  });

  it('refuses to write to a ticket that does not exist', async () => {
    await open();
    await expect(shop.tagger.addTags('conv-none', ['mw-processed'])).rejects.toMatchObject({ kind: 'not_found' });
    await expect(shop.closer.close('conv-none')).rejects.toMatchObject({ kind: 'not_found', applied: 'no' });
  });

  it('answers the linkage unparsed, and {} where nothing is linked', async () => {
    await open();
    expect(plain(await shop.orders.linked(ID))).toEqual({});
    await shop.link(ID, { orderId: '1043', appClientId: 'acme-store-1', amount: 1, items: [] });
    expect(plain(await shop.orders.linked(ID))).toMatchObject({ orderId: '1043', appClientId: 'acme-store-1' });
  });

  describe('apply, lose the answer, repeat', () => {
    const repeated = (run: () => Promise<void>) => run().catch(run);

    it('leaves tags and status as one call would', async () => {
      await open();
      shop.loseNextAnswer();
      await repeated(() => shop.tagger.addTags(ID, ['mw-processed']));
      expect((await read()).tags).toEqual(['mw-processed']);
      shop.loseNextAnswer();
      await repeated(() => shop.tagger.removeTags(ID, ['mw-processed']));
      expect((await read()).tags).toEqual([]);
      shop.loseNextAnswer();
      await repeated(() => shop.closer.close(ID));
      expect((await read()).status).toBe('closed');
      shop.loseNextAnswer();
      await repeated(() => shop.tagger.reopen(ID));
      expect((await read()).status).toBe('open');
    });

    it.each(['email', 'livechat'] as const)('never repeats a %s message by itself', async (channel) => {
      await open(channel);
      shop.loseNextAnswer();
      await expect(reply(channel)).rejects.toMatchObject({ kind: 'network', applied: 'unknown' });
      expect(shop.outbox()).toHaveLength(1);
    });
  });
});

function raise(): never {
  throw new Error('the ticket is gone');
}

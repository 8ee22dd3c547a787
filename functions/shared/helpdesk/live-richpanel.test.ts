/** What the ports of one client share, against answers that no sandbox gives. */
import { describe, expect, it } from 'vitest';
import { memoryClock } from '../clock/memory.ts';
import { VendorError, type VendorKind } from '../errors.ts';
import { seededIds } from '../ids/memory.ts';
import { unlimited } from '../limits/unlimited.ts';
import type { Secrets } from '../ports.ts';
import { plain } from '../restricted.testing.ts';
import { restrict } from '../restricted.ts';
import { richpanelPorts } from './live-richpanel.ts';

const TICKET = {
  id: 't-1',
  created_at: '2026-01-12T09:00:00.000Z',
  comments: [{ id: 'c-1', created_at: '2026-01-12T09:00:00.000Z', is_operator: true, author_id: 'usr_bot_01' }],
};

function portsWith(answer: unknown, seat: string | VendorKind, knowsSeat = true) {
  const secrets: Secrets = {
    async read(name) {
      if (name !== 'richpanel/bot_agent_id') return 'key';
      if (seat === 'network' || seat === 'not_found') throw new VendorError('secrets', seat);
      return seat;
    },
  };
  const sent: string[] = [];
  const clock = memoryClock(0);
  const ports = richpanelPorts({
    transport: async ({ method, path }) => {
      sent.push(`${method} ${path}`);
      return { status: 200, headers: {}, body: JSON.stringify(answer) };
    },
    secrets,
    limits: unlimited(clock),
    isReadOnly: async () => false,
    knowsSeat,
    clock,
    ids: seededIds(1),
  });
  return { ...ports, sent };
}
const authorWith = async (seat: string, knowsSeat = true) =>
  (await portsWith({ ticket: TICKET }, seat, knowsSeat).helpdesk().ticket('t-1'))?.comments[0]?.author;

describe('richpanelPorts', () => {
  it('recognises our own comments by the seat, where it is configured and granted', async () => {
    expect(await authorWith(' usr_bot_01\n')).toBe('bot');
    expect(await authorWith('not_found')).toBe('agent');
    expect(await authorWith('usr_bot_01', false)).toBe('agent');
  });

  it('reads no ticket while the seat cannot be asked for: it would change who wrote what', async () => {
    await expect(authorWith('network')).rejects.toMatchObject({ vendor: 'secrets', kind: 'network' });
  });

  it('does not take another ticket for the one it asked for (reference §3.2)', async () => {
    const { helpdesk } = portsWith({ ticket: { ...TICKET, id: 't-2' } }, 'usr_bot_01');
    await expect(helpdesk().ticket('t-1')).rejects.toMatchObject({ kind: 'parse' });
  });

  it('sends nothing without a seat', async () => {
    for (const seat of ['not_found', ' ']) {
      const { sender, sent } = portsWith({}, seat);
      const message = { conversationId: 't-1', channel: 'livechat', text: restrict('x') } as const;
      await expect(sender().send(message, 1_000, () => true)).rejects.toMatchObject({ kind: 'auth', applied: 'no' });
      expect(sent).toEqual([]);
    }
  });

  it('takes an order out of its wrapper, and leaves one without (reference §4.2)', async () => {
    const order = { orderId: '1043', amount: 1 };
    expect(plain(await portsWith({ order }, 'x').orders().byId('acme', '#1043'))).toEqual(order);
    expect(plain(await portsWith(order, 'x').orders().byId('acme', '#1043'))).toEqual(order);
    const { orders, sent } = portsWith(order, 'x');
    await orders().byId('acme/1', '#1043');
    expect(sent).toEqual(['GET /order/acme%2F1/%231043']);
  });
});

describe('a workspace that takes tags as ids only (replies §8 V11)', () => {
  const ID = '6d0d5b0e-6c1b-4a6f-9a52-0a1f3f7b0001';
  function refusing(refusal: number, tagList: unknown) {
    const sent: string[] = [];
    const clock = memoryClock(0);
    const ports = richpanelPorts({
      transport: async ({ method, path, body }) => {
        if (method === 'GET') return { status: 200, headers: {}, body: JSON.stringify(tagList) };
        sent.push(`${path} ${body}`);
        const isTaken = (body ?? '').includes(ID);
        return { status: isTaken ? 200 : refusal, headers: {}, body: '' };
      },
      secrets: { read: async () => 'key' },
      limits: unlimited(clock),
      isReadOnly: async () => false,
      knowsSeat: false,
      clock,
      ids: seededIds(1),
    });
    return { tagger: ports.tagger(), sent };
  }

  it.each([400, 422])('gets ids after it refused names with %i, from then on at once', async (refusal) => {
    const { tagger, sent } = refusing(refusal, { tag: [{ id: ID, name: 'mw-processed' }] });
    await tagger.addTags('t', ['mw-processed']);
    await tagger.removeTags('t', ['mw-processed']);
    expect(sent).toEqual([
      '/tickets/t/add-tags {"tags":["mw-processed"]}',
      `/tickets/t/add-tags {"tags":["${ID}"]}`,
      `/tickets/t/remove-tags {"tags":["${ID}"]}`,
    ]);
  });

  it('has refused for another reason where no id is known', async () => {
    const { tagger, sent } = refusing(400, { tag: [] });
    await expect(tagger.addTags('t', ['mw-processed'])).rejects.toMatchObject({ kind: 'invalid', status: 400 });
    expect(sent).toHaveLength(1);
  });

  it('is not asked twice after any other refusal', async () => {
    const { tagger, sent } = refusing(403, { tag: [{ id: ID, name: 'mw-processed' }] });
    await expect(tagger.addTags('t', ['mw-processed'])).rejects.toMatchObject({ kind: 'auth' });
    expect(sent).toHaveLength(1);
  });
});

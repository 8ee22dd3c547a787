/** Invented customers: the same again for a seed, every intent, invented addresses, no more than asked for. */
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { INTENTS } from '../../events/words.ts';
import { CustomerMessage } from '../sandbox/control/requests.ts';
import { createSandbox } from '../sandbox/sandbox.ts';
import { type SandboxServer, startSandboxServer } from '../sandbox/server.ts';
import { SITUATIONS } from './orders.ts';
import { startTraffic } from './traffic.ts';
import { createVisits, type Visit } from './visits.ts';

const NOW = Date.parse('2026-01-12T09:00:00.000Z');

function visits(seed: number, count: number): Visit[] {
  const next = createVisits(seed);
  return Array.from({ length: count }, () => next(NOW));
}

describe('createVisits', () => {
  const many = visits(3, 3_000);

  it('gives the same visits for the same seed, others for another', () => {
    expect(visits(3, 50)).toEqual(many.slice(0, 50));
    expect(visits(4, 50)).not.toEqual(many.slice(0, 50));
  });

  it('writes what the sandbox understands, one conversation per visit', () => {
    const messages = many.flatMap((visit) => visit.messages);
    expect(messages.filter((message) => !v.is(CustomerMessage, message))).toEqual([]);
    const ids = many.map((visit) => new Set(visit.messages.map((message) => message.conversationId)).size);
    expect(new Set(ids)).toEqual(new Set([1]));
    expect(new Set(many.map((visit) => visit.messages[0]?.conversationId)).size).toBe(3_000);
  });

  it('asks for orders in half of the visits and covers every intent and every situation', () => {
    const orderShare =
      many.filter((visit) => /^(?:order_status|shipping_delay)/.test(visit.intent)).length / many.length;
    expect(orderShare).toBeGreaterThan(0.45);
    expect(orderShare).toBeLessThan(0.55);
    expect([...new Set(many.map((visit) => visit.intent))].sort()).toEqual([...INTENTS].sort());
    const seen = new Set(many.map((visit) => visit.situation));
    expect(SITUATIONS.filter((situation) => !seen.has(situation))).toEqual([]);
  });

  it('has pictures without words, people who write several times, and four channels', () => {
    const isPicture = (visit: Visit): boolean =>
      visit.messages.some((message) => message.text === '' && message.attachments !== undefined);
    expect(many.some(isPicture)).toBe(true);
    expect(many.some((visit) => visit.messages.length > 1)).toBe(true);
    expect([...new Set(many.map((visit) => visit.messages[0]?.channel))].sort()).toEqual([
      'email',
      'livechat',
      'social',
      'tiktok',
    ]);
  });

  it('leaves no placeholder and uses `.test` addresses only', () => {
    const text = JSON.stringify(many);
    expect(text).not.toContain('{order}');
    const hosts = [...text.matchAll(/@([a-z0-9.-]+)/gi)].map((match) => match[1]);
    expect(hosts.filter((host) => !/\.test$/.test(host ?? ''))).toEqual([]);
  });

  it('never dates an order after the message', () => {
    const orders = many.flatMap((visit) => [visit.messages[0]?.order ?? []].flat());
    expect(orders.filter((order) => Number(order.createdAt) > NOW)).toEqual([]);
  });
});

describe('startTraffic', () => {
  let server: SandboxServer | undefined;
  afterEach(() => server?.close());

  it('writes into the sandbox until it is stopped; 0 is silence', async () => {
    const sandbox = createSandbox({ options: { seedData: false } });
    server = await startSandboxServer({ sandbox, port: 0 });
    const silent = startTraffic({ sandboxUrl: server.url, perMinute: 0, seed: 1 });
    const traffic = startTraffic({ sandboxUrl: server.url, perMinute: 6_000, seed: 1 });
    await expect.poll(() => sandbox.world.tickets.size, { timeout: 5_000 }).toBeGreaterThan(5);
    await Promise.all([traffic.stop(), silent.stop()]);
    const { sent, failed } = traffic.counts();
    const comments = sandbox.world.tickets.values().flatMap((ticket) => ticket.comments);
    expect([failed, silent.counts()]).toEqual([0, { sent: 0, failed: 0 }]);
    // The one that was on its way at the stop may have arrived without its answer.
    expect(comments.length - sent).toBeLessThanOrEqual(2);
    const first = createVisits(1)(NOW).messages[0];
    expect(sandbox.ticket(first?.conversationId ?? '')?.comments[0]?.plainBody).toBe(first?.text);
  });

  it('outlives a sandbox that does not answer', async () => {
    const traffic = startTraffic({ sandboxUrl: 'http://127.0.0.1:9', perMinute: 6_000, seed: 1 });
    await expect.poll(() => traffic.counts().failed, { timeout: 5_000 }).toBeGreaterThan(2);
    await traffic.stop();
    expect(traffic.counts().sent).toBe(0);
  });
});

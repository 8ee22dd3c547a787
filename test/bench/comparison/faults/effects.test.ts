import { describe, expect, it } from 'vitest';
import type { OutboxEntry, WriteEntry } from '../../../../local/sandbox/model/types.ts';
import { effectsOn, PROCESSED } from './effects.ts';

const write = (ticketId: string, tags: readonly string[], applied = true): WriteEntry => ({
  seq: 1,
  at: '2026-01-31T09:30:00.000Z',
  ticketId,
  kind: 'tags',
  body: { tags },
  applied,
  status: applied ? 200 : 429,
  fault: applied ? null : 'rate429',
});
const reply = (ticketId: string) => ({ ticketId }) as OutboxEntry;
const ticket = (id: string, ...tags: string[]) => ({ id, tags });

describe('effectsOn', () => {
  it('misses the tickets of accepted messages that bear no mark', () => {
    const { lost } = effectsOn(new Set(['a', 'b', 'c']), [ticket('a', PROCESSED), ticket('b', 'vip')], [], []);
    expect(lost).toEqual(['b', 'c']);
  });

  it('finds a second reply, and counts replies to messages of the run only', () => {
    const found = effectsOn(new Set(['a', 'b']), [], [], [reply('a'), reply('b'), reply('a'), reply('seed')]);
    expect([found.repliedTwice, found.replies]).toEqual([['a'], 3]);
  });

  it('finds the same tags written twice, but neither other tags nor a refused attempt', () => {
    const writes = [
      write('a', ['x'], false),
      write('a', ['x']),
      write('a', ['y']),
      write('b', ['x']),
      write('b', ['x']),
    ];
    expect(effectsOn(new Set(['a', 'b']), [], writes, []).writtenTwice).toEqual(['b']);
  });
});

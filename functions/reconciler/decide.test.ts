import { describe, expect, it } from 'vitest';
import { ulidOf } from '../shared/ids.ts';
import type { Comment } from '../shared/ports.ts';
import { restrict } from '../shared/restricted.ts';
import { byNeed, commentsToAsk, windowStart } from './decide.ts';

const NOW = Date.parse('2026-01-15T12:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function comment(id: string, createdAt: number, author: Comment['author'] = 'customer'): Comment {
  return {
    id,
    createdAt,
    author,
    isPublic: true,
    channel: null,
    text: restrict('hello'),
    isHtml: false,
    attachments: 0,
  };
}

describe('which tickets come first', () => {
  it('those unknown to us, then by how long after our newest comment something happened to them', () => {
    const seen = (id: string, updatedAt: number | null, seenAt: number | null) => ({
      id,
      updatedAt,
      latestSeq: seenAt === null ? null : ulidOf(seenAt, id),
    });
    const ordered = byNeed([
      seen('just-handled', NOW, NOW - 5_000),
      seen('long-after', NOW, NOW - 90 * MINUTE),
      seen('unknown', NOW - DAY / 2, null),
      seen('a-little-after', NOW, NOW - 10 * MINUTE),
      seen('undated', null, NOW),
    ]);
    expect(ordered.map(({ id }) => id)).toEqual(['unknown', 'undated', 'long-after', 'a-little-after', 'just-handled']);
  });
});

describe('how far back it looks', () => {
  it.each([
    { when: 'a day', generation: 1, epoch: '2026-01-01T00:00:00.000Z', since: NOW - DAY },
    {
      when: 'not before the epoch of a first ledger',
      generation: 1,
      epoch: '2026-01-15T11:00:00.000Z',
      since: NOW - 60 * MINUTE,
    },
    { when: 'a day, where no epoch is set', generation: 1, epoch: null, since: NOW - DAY },
    {
      when: 'a day after a restore, whatever the raised epoch',
      generation: 2,
      epoch: '2026-01-15T11:00:00.000Z',
      since: NOW - DAY,
    },
  ])('$when', ({ generation, epoch, since }) => {
    expect(windowStart(NOW, DAY, generation, epoch)).toBe(since);
  });
});

describe('which comments are asked for', () => {
  const seen = (updatedAt: number | null, ...comments: Comment[]) => {
    const window = { now: NOW, since: NOW - DAY, graceMs: 2 * MINUTE };
    const { due, isEarly } = commentsToAsk({ updatedAt, comments }, window);
    return { due: due.map(({ id }) => id), isEarly };
  };
  const ask = (...comments: Comment[]) => seen(null, ...comments);

  it('those that customers wrote in the window, whoever wrote after them', () => {
    expect(
      ask(
        comment('too-old', NOW - DAY - 1),
        comment('oldest', NOW - DAY),
        comment('asked', NOW - 2 * MINUTE),
        comment('agent', NOW - MINUTE, 'agent'),
        comment('ours', NOW - MINUTE, 'bot'),
        comment('who-knows', NOW - MINUTE, 'unknown'),
      ),
    ).toEqual({ due: ['oldest', 'asked'], isEarly: false });
  });

  it('not one so young that its webhook may be on its way: the ticket is read again', () => {
    expect(ask(comment('asked', NOW - 5 * MINUTE), comment('young', NOW - 2 * MINUTE + 1))).toEqual({
      due: ['asked'],
      isEarly: true,
    });
    expect(ask(comment('their-clock-is-ahead', NOW + MINUTE))).toEqual({ due: [], isEarly: true });
    expect(ask(comment('misdated', NOW + 5 * MINUTE))).toEqual({ due: ['misdated'], isEarly: false });
  });

  it('a ticket to which something has just happened is read again: the read may lag behind the list', () => {
    const asked = comment('asked', NOW - 5 * MINUTE);
    expect(seen(NOW - 2 * MINUTE + 1, asked)).toEqual({ due: ['asked'], isEarly: true });
    expect(seen(NOW - 2 * MINUTE, asked)).toEqual({ due: ['asked'], isEarly: false });
  });
});

import { describe, expect, it } from 'vitest';
import type { Comment, CommentAuthor } from '../shared/ports.ts';
import { restrict } from '../shared/restricted.ts';
import { operatorAfter, planTurn, readTurn, type Standing, unanswered } from './turn.ts';

const comment = (id: string, createdAt: number, author: CommentAuthor = 'customer', isPublic = true): Comment => ({
  id,
  createdAt,
  author,
  isPublic,
  channel: null,
  text: restrict(''),
  isHtml: false,
  attachments: 0,
});
const seqOf = ({ createdAt, id }: Comment) => `${String(createdAt).padStart(6, '0')}-${id}`;
const read = (...comments: Comment[]) => readTurn(comments, seqOf, 0);
const standing = (mine: string[], decided: string[] = [], more: Partial<Standing> = {}): Standing => ({
  holderOf: (id) => (mine.includes(id) ? 'mine' : 'other'),
  isDecided: (id) => decided.includes(id),
  newestOwnerDecided: false,
  isStrong: () => false,
  ...more,
});

describe('reading a ticket', () => {
  it('orders by the sequence, not by the order of the helpdesk', () => {
    const reading = read(comment('b', 20), comment('a', 10));
    expect(reading.customer.map(({ comment: { id } }) => id)).toEqual(['a', 'b']);
  });

  it('takes a comment of an unknown author for an operator', () => {
    const reading = read(comment('a', 10), comment('x', 20, 'unknown'));
    expect(operatorAfter(reading, 10)?.id).toBe('x');
    expect(unanswered(reading)).toEqual([]);
  });

  it('counts an operator at the same instant as newer, and a private note not at all', () => {
    expect(operatorAfter(read(comment('a', 10), comment('o', 10, 'agent')), 10)?.id).toBe('o');
    expect(operatorAfter(read(comment('a', 10), comment('o', 20, 'agent', false)), 10)).toBeNull();
  });
});

describe('what a root does (protocols §3)', () => {
  it('decides the whole turn when it owns the newest, whoever owns the older ones', () => {
    const plan = planTurn(read(comment('a', 10), comment('b', 20)), standing(['b']));
    expect(plan).toMatchObject({ do: 'decide', answers: { comment: { id: 'b' } } });
    expect(plan.do === 'decide' && plan.turn.map(({ comment: { id } }) => id)).toEqual(['a', 'b']);
  });

  it('leaves out what stands in a stored turn', () => {
    const plan = planTurn(read(comment('a', 10), comment('b', 20)), standing(['b'], ['a']));
    expect(plan.do === 'decide' && plan.turn.map(({ comment: { id } }) => id)).toEqual(['b']);
  });

  it('waits when another root owns the newest and has not decided', () => {
    expect(planTurn(read(comment('a', 10), comment('b', 20)), standing(['a']))).toEqual({ do: 'wait' });
  });

  it('is superseded only when each of its comments stands in a stored turn', () => {
    expect(planTurn(read(comment('a', 10), comment('b', 20)), standing(['a'], ['a', 'b']))).toEqual({
      do: 'superseded',
      by: 'b',
    });
  });

  it('decides a strong hit of its own although the newest is another root’s', () => {
    const plan = planTurn(
      read(comment('a', 10), comment('b', 20)),
      standing(['a'], [], { isStrong: ({ comment: { id } }) => id === 'a' }),
    );
    expect(plan).toMatchObject({ do: 'decide_own', answers: { comment: { id: 'a' } } });
  });

  it('screens and routes its own when the owner of the newest has decided without it', () => {
    const plan = planTurn(
      read(comment('a', 10), comment('b', 20)),
      standing(['a'], ['b'], { newestOwnerDecided: true }),
    );
    expect(plan).toMatchObject({ do: 'decide_own', answers: { comment: { id: 'a' } } });
  });

  it('tells the decider that an operator wrote after the newest', () => {
    const plan = planTurn(read(comment('a', 10), comment('o', 20, 'bot')), standing(['a']));
    expect(plan).toMatchObject({ do: 'decide', operatorNewest: { id: 'o' } });
  });

  it('finds nothing to do where all is another root’s, or nothing is there', () => {
    expect(planTurn(read(comment('a', 10)), standing([]))).toEqual({ do: 'nothing', verdict: 'duplicate', by: 'a' });
    expect(planTurn(read(), standing([]))).toEqual({ do: 'nothing', verdict: 'empty_turn', by: null });
  });
});

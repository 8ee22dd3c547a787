import { describe, expect, it } from 'vitest';
import { readBreakers } from './breakers.ts';

type Move = { readonly at: string; readonly name: 'CircuitOpened' | 'CircuitClosed' };
const HOUR = 3_600_000;

/** A trail with these moves of one breaker, and the lower bounds that it was asked for. */
function trail(moves: readonly Move[]) {
  const since: string[] = [];
  async function* query(_: string, question: { readonly ExpressionAttributeValues?: unknown }) {
    const { ':since': bound } = Object(question.ExpressionAttributeValues) as Record<string, { readonly S: string }>;
    since.push(bound?.S ?? '');
    for (const { at, name } of moves.filter((move) => move.at >= (bound?.S ?? ''))) {
      const metadata = { eventId: at, eventName: name, occurredAt: at };
      yield { envelope: JSON.stringify({ metadata, data: { vendor: 'richpanel', operationClass: 'writes' } }) };
    }
  }
  return { tables: { query } as never, since };
}

const ago = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();

describe('breakers', () => {
  it('are as their last move says, and no vendor is named whose breaker never moved', async () => {
    const opened = trail([
      { at: ago(3), name: 'CircuitClosed' },
      { at: ago(2), name: 'CircuitOpened' },
    ]);
    expect(await readBreakers(opened.tables)).toEqual({ richpanel: 'open' });
    expect(await readBreakers(trail([]).tables)).toEqual({});
  });

  it('are read from the beginning once, and then from an hour before the last time', async () => {
    const moves: Move[] = [{ at: ago(30), name: 'CircuitOpened' }];
    const { tables, since } = trail(moves);
    expect(await readBreakers(tables, 'a folder')).toEqual({ richpanel: 'open' });
    moves.push({ at: ago(0), name: 'CircuitClosed' });
    expect(await readBreakers(tables, 'a folder')).toEqual({ richpanel: 'closed' });
    expect(await readBreakers(tables, 'another folder')).toEqual({ richpanel: 'closed' });
    expect(since.map((bound) => Math.round((Date.now() - Date.parse(bound)) / HOUR))).toEqual([
      Math.round(Date.now() / HOUR),
      1,
      Math.round(Date.now() / HOUR),
    ]);
  });
});

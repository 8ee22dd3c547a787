import { describe, expect, it } from 'vitest';
import { rereadProgress } from './reread-progress.ts';

const WAITS = "waiting for the helpdesk's limit: this command asks at most 9 times in 30 s";

function watched(total: number) {
  const lines: string[] = [];
  let now = 0;
  const progress = rereadProgress(
    (line) => lines.push(line),
    total,
    () => now,
  );
  return {
    lines,
    at(ms: number, what: 'done' | 'waits', times = 1) {
      now = ms;
      for (let time = 0; time < times; time += 1) progress[what]();
    },
  };
}

describe('the progress of a new reading', () => {
  it('tells before the first read how long the budget makes it', () => {
    expect(watched(90).lines).toEqual(['0 of 90 messages read again, about 5 min 0 s left']);
  });

  it('tells nothing of what is over in a moment', () => {
    const { lines, at } = watched(9);
    at(200, 'done', 9);
    expect(lines).toEqual([]);
  });

  it('tells once a second at most, and never less than the budget makes of it', () => {
    const { lines, at } = watched(90);
    at(900, 'done', 3);
    at(1_000, 'done');
    at(1_100, 'done');
    expect(lines.slice(1)).toEqual(['4 of 90 messages read again, about 4 min 30 s left']);
  });

  it('tells the pace so far where that is slower', () => {
    const { lines, at } = watched(12);
    at(60_000, 'done');
    expect(lines.slice(1)).toEqual(['1 of 12 messages read again, about 11 min 0 s left']);
  });

  it('tells of a wait once, and again after half a minute', () => {
    const { lines, at } = watched(90);
    at(500, 'done', 9);
    for (let ms = 600; ms < 40_000; ms += 200) at(ms, 'waits');
    expect(lines.slice(1)).toEqual([
      `9 of 90 messages read again, about 4 min 30 s left; ${WAITS}`,
      `9 of 90 messages read again, about 4 min 39 s left; ${WAITS}`,
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../../../policy/random-input.testing.ts';
import { choreographyOf } from '../choreography.ts';
import { type Drawing, drawingOf, type Way, type Wire } from '../drawing.ts';
import { columnsOf } from './columns.ts';
import { type Card, type Layout, type Link, rowKey } from './parts.ts';
import { sideways } from './sideways.ts';
import { upright } from './upright.ts';

const card = (id: string, ...rows: string[]): Card => ({ id, width: 120, head: 48, rows, foot: 0 });
const link = (from: string, row: string, to: string): Link => ({
  id: `${from}/${row}>${to}`,
  ...{ from, row, to, port: row },
});

describe('columns', () => {
  it('stand one behind what causes them, by the longest way', () => {
    const cards = [card('door', 'a'), card('first', 'b'), card('last'), card('second', 'c')];
    const links = [
      link('door', 'a', 'first'),
      link('first', 'b', 'second'),
      link('first', 'b', 'last'),
      link('second', 'c', 'last'),
    ];
    expect(columnsOf(cards, links).map((column) => column.map(({ id }) => id))).toEqual([
      ['door'],
      ['first'],
      ['second'],
      ['last'],
    ]);
  });

  it('what nothing causes stands right before what it causes', () => {
    const cards = [card('door', 'a'), card('one', 'b'), card('two'), card('clock', 'late')];
    const links = [link('door', 'a', 'one'), link('one', 'b', 'two'), link('clock', 'late', 'two')];
    expect(columnsOf(cards, links)[1]?.map(({ id }) => id)).toEqual(['one', 'clock']);
  });

  it('a circle pulls nothing to the right, and ends', () => {
    const cards = [card('a', 'x'), card('b', 'y'), card('c', 'z')];
    const links = [link('a', 'x', 'b'), link('b', 'y', 'c'), link('c', 'z', 'b'), link('b', 'y', 'b')];
    expect(columnsOf(cards, links).map((column) => column.map(({ id }) => id))).toEqual([['a'], ['b'], ['c']]);
  });
});

/** Invented choreographies: whoever may hear whom, circles included. */
function invented(seed: number): { cards: Card[]; links: Link[] } {
  const random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const cards = Array.from({ length: 2 + below(14) }, (_, index) =>
    card(`c${index}`, ...Array.from({ length: below(9) }, (_, row) => `r${row}`)),
  );
  const links = cards.flatMap(({ id, rows }) =>
    rows.flatMap((row) => Array.from({ length: below(4) }, () => link(id, row, `c${below(cards.length)}`))),
  );
  return { cards, links: [...new Map(links.map((one) => [one.id, one])).values()] };
}

type Piece = {
  readonly net: string;
  readonly to: string;
  readonly from: readonly [number, number];
  readonly end: readonly [number, number];
};

function piecesOf(links: readonly Link[], layout: Layout): Piece[] {
  return links.flatMap(({ id, from, row, to, port }) => {
    const points = layout.wires.get(id) ?? [];
    return points.slice(1).map((end, index) => ({
      ...{ net: rowKey(from, row), to: rowKey(to, port), end },
      from: points[index] ?? end,
    }));
  });
}

/** Whether two pieces lie on one line and have more than a point in common. */
function runTogether(one: Piece, other: Piece): boolean {
  const together = (axis: 0 | 1): boolean => {
    const across = axis === 0 ? 1 : 0;
    if (one.from[across] !== one.end[across] || other.from[across] !== other.end[across]) return false;
    if (one.from[across] !== other.from[across]) return false;
    const from = Math.max(Math.min(one.from[axis], one.end[axis]), Math.min(other.from[axis], other.end[axis]));
    const end = Math.min(Math.max(one.from[axis], one.end[axis]), Math.max(other.from[axis], other.end[axis]));
    return end > from;
  };
  return together(0) || together(1);
}

function faultsOf({ cards, links }: { cards: readonly Card[]; links: readonly Link[] }, layout: Layout): string[] {
  const faults: string[] = [];
  for (const [index, one] of layout.cards.entries())
    for (const other of layout.cards.slice(index + 1))
      if (
        one.x < other.x + other.width &&
        other.x < one.x + one.width &&
        one.y < other.y + other.height &&
        other.y < one.y + one.height
      )
        faults.push(`${one.id} lies on ${other.id}`);
  const pieces = piecesOf(links, layout);
  for (const { net, from, end } of pieces) {
    if (from[0] !== end[0] && from[1] !== end[1]) faults.push(`${net} is not at right angles`);
    for (const { id, x, y, width, height } of layout.cards) {
      const isClear =
        Math.max(from[0], end[0]) <= x ||
        Math.min(from[0], end[0]) >= x + width ||
        Math.max(from[1], end[1]) <= y ||
        Math.min(from[1], end[1]) >= y + height;
      if (!isClear) faults.push(`${net} crosses ${id}`);
    }
  }
  for (const [index, one] of pieces.entries())
    for (const other of pieces.slice(index + 1))
      if (one.net !== other.net && one.to !== other.to && runTogether(one, other))
        faults.push(`${one.net} runs with ${other.net}`);
  if (layout.cards.length !== cards.length) faults.push('a card is missing');
  if (layout.wires.size !== links.length) faults.push('a link is missing');
  return faults;
}

describe.each([
  ['sideways', sideways],
  ['upright', upright],
] as const)('%s', (_, layoutOf) => {
  it('no card lies on another, no line crosses a card, no two nets share a piece of their way', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const parts = invented(seed);
      expect(faultsOf(parts, layoutOf(parts.cards, parts.links)), `seed ${seed}`).toEqual([]);
    }
  });

  it('is the same again for the same parts', () => {
    const { cards, links } = invented(7);
    expect(layoutOf(cards, links)).toEqual(layoutOf(structuredClone(cards), structuredClone(links)));
  });
});

describe.each<Way>(['sideways', 'upright'])('the choreography %s', (way) => {
  const drawing = drawingOf(choreographyOf(), way);
  const wire = (id: string): Wire | undefined => drawing.wires.find((one) => one.id === id);

  it('has a box for every function, the bus below, and what hears everything under the bus', () => {
    const box = (id: string): Drawing['boxes'][number] | undefined => drawing.boxes.find((one) => one.id === id);
    for (const { name } of choreographyOf().actors) expect(box(name), name).toBeDefined();
    expect(box('auditor')?.y).toBeGreaterThan(drawing.bus.y);
    expect(box('classify')?.y).toBeLessThan(drawing.bus.y);
  });

  it('leads from who states a fact to whose rules hear it', () => {
    expect(wire('ingest/MessageReceived>classify-intake')).toMatchObject({
      kind: 'fact',
      from: 'ingest',
      to: 'classify',
    });
    expect(wire('classify/MessageClassified>order-candidates')).toMatchObject({ to: 'order-lookup' });
    expect(wire('classify/MessageClassified>responder-reply')).toBeUndefined();
    expect(wire('bus>auditor-all')).toMatchObject({ kind: 'all', to: 'auditor' });
    expect(wire('archive-recovery>classify-intake-replay')).toMatchObject({ kind: 'replay' });
  });

  it('keeps everything within itself', () => {
    for (const { points } of drawing.wires)
      for (const [x, y] of points) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(drawing.width);
        expect(y).toBeLessThanOrEqual(drawing.height);
      }
  });
});

describe('new consumers', () => {
  const grown = (more: number) => {
    const shipped = choreographyOf();
    const example = JSON.stringify(shipped.actors.find(({ name }) => name === 'analytics'));
    const added = Array.from({ length: more }, (_, index) =>
      JSON.parse(example.replaceAll('analytics', `new${index}`)),
    );
    return drawingOf({ ...shipped, actors: [...shipped.actors, ...added] }, 'sideways');
  };

  it.each([1, 2, 3])('%i of them and their twins make the drawing no wider, and none lies on another', (more) => {
    const { width, boxes, bus } = grown(more);
    expect(width).toBe(grown(0).width);
    const hung = boxes.filter(({ y }) => y > bus.y);
    expect(hung.filter(({ id }) => id.startsWith('new'))).toHaveLength(2 * more);
    for (const one of hung)
      for (const other of hung.filter(({ id }) => id !== one.id))
        expect(
          one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y,
          `${one.id} and ${other.id}`,
        ).toBe(true);
  });

  it('a replay leads down from its archive to a twin in the second row', () => {
    const { wires, boxes } = grown(1);
    const points = wires.find(({ id }) => id === 'archive-facts>new0-facts-replay')?.points ?? [];
    const [archive, twin] = ['archive-facts', 'new0-facts-replay'].map((id) => boxes.find((box) => box.id === id));
    expect(points[0]?.[1]).toBe((archive?.y ?? 0) + (archive?.height ?? 0));
    expect(points.at(-1)?.[1]).toBe(twin?.y);
    expect(points.every(([, y]) => y <= (twin?.y ?? 0))).toBe(true);
  });
});

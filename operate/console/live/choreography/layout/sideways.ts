/**
 * Cards in columns from the left to the right, by what causes them, and links between them with right angles only. Between
 * two columns runs a channel: each net has a lane of its own in it, and passes other columns through a slot between their
 * cards, so that no line crosses a card and no two nets share a piece of their way. Pure: the same in, the same out.
 */
import { columnsOf } from './columns.ts';
import {
  type Card,
  heightOf,
  type Layout,
  type Link,
  type Placed,
  type Point,
  portsOf,
  portY,
  rowKey,
  rowY,
  STEP,
  straightened,
} from './parts.ts';
import { stacked } from './stack.ts';

type Slot = { readonly key: string; readonly net: string };
type Entry = { readonly key: string; readonly height: number; readonly card: Card | null };
/** Where a net touches a channel. */
type Touch = { readonly key: string; readonly y: (tops: ReadonlyMap<string, number>) => number };

const CARD_GAP = 16;
/** Beside a card, before the first lane: there the trunk goes down. */
const TRUNK = 8;
const LANE = 6;
const BEFORE_CARD = 12;
const SWEEPS = 12;

export function sideways(cards: readonly Card[], links: readonly Link[]): Layout {
  const columns = columnsOf(cards, links);
  const columnOf = new Map(columns.flatMap((column, index) => column.map(({ id }) => [id, index] as const)));
  const ports = portsOf(links);
  const slots = columns.map((): Slot[] => []);
  const channels: Map<string, Touch[]>[] = Array.from({ length: columns.length + 1 }, () => new Map());
  const ways = new Map<string, { readonly channel: number; readonly from: Touch; readonly to: Touch }[]>();

  const cardById = new Map(cards.map((card) => [card.id, card]));
  const rowTouch = ({ from, row }: Link): Touch => {
    const card = cardById.get(from);
    return {
      key: from,
      y: (tops) => (card === undefined ? 0 : rowY(tops.get(from) ?? 0, card, card.rows.indexOf(row))),
    };
  };
  const portTouch = ({ to, port }: Link): Touch => ({
    key: to,
    y: (tops) => portY(tops.get(to) ?? 0, ports.get(to)?.indexOf(port) ?? 0),
  });
  const slotTouch = (column: number, net: string): Touch => {
    const key = `slot ${column} ${net}`;
    if (slots[column]?.some((slot) => slot.key === key) === false) slots[column].push({ key, net });
    // Neighbouring columns have them on different lines.
    return { key, y: (tops) => (tops.get(key) ?? 0) + (column % 2 === 0 ? STEP / 4 : (STEP * 3) / 4) };
  };

  for (const link of links) {
    const net = rowKey(link.from, link.row);
    const start = columnOf.get(link.from) ?? 0;
    const end = columnOf.get(link.to) ?? 0;
    const passed = end > start ? range(start + 1, end) : range(end, start + 1).reverse();
    const way = [];
    let touch = rowTouch(link);
    let channel = start + 1;
    for (const column of passed) {
      const slot = slotTouch(column, net);
      way.push({ channel, from: touch, to: slot });
      touch = slot;
      channel = end > start ? column + 1 : column;
    }
    way.push({ channel, from: touch, to: portTouch(link) });
    ways.set(link.id, way);
    for (const piece of way) {
      const touches = channels[piece.channel]?.get(net) ?? [];
      touches.push(piece.from, piece.to);
      channels[piece.channel]?.set(net, touches);
    }
  }

  const tops = placed(columns, slots, channels, ports);
  const lanes = channels.map((nets) => lanesOf(nets, tops));
  const { lefts, widths, width } = across(columns, lanes);
  const laneX = (channel: number, net: string): number => {
    const left = (lefts[channel - 1] ?? 0) + (widths[channel - 1] ?? 0);
    return left + TRUNK + ((lanes[channel]?.get(net) ?? 0) + 1) * LANE;
  };
  const right = (id: string): number => (lefts[columnOf.get(id) ?? 0] ?? 0) + (cardById.get(id)?.width ?? 0);

  const wires = new Map(
    links.map((link): [string, Point[]] => {
      const net = rowKey(link.from, link.row);
      const points: Point[] = [];
      for (const [index, { channel, from, to }] of (ways.get(link.id) ?? []).entries()) {
        const x = laneX(channel, net);
        if (index === 0) points.push([right(link.from), from.y(tops)]);
        points.push([x, from.y(tops)], [x, to.y(tops)]);
      }
      points.push([lefts[columnOf.get(link.to) ?? 0] ?? 0, portTouch(link).y(tops)]);
      return [link.id, straightened(points)];
    }),
  );
  const boxes = cards.map((card): Placed => {
    const { id, width: wide } = card;
    const height = heightOf(card, ports.get(id)?.length ?? 0);
    return { id, x: lefts[columnOf.get(id) ?? 0] ?? 0, y: tops.get(id) ?? 0, width: wide, height };
  });
  return {
    width,
    height: Math.max(0, ...boxes.map(({ y, height }) => y + height), ...[...tops.values()].map((top) => top + STEP)),
    cards: boxes,
    rows: new Map(
      cards.flatMap((card) =>
        card.rows.map((row, index): [string, Point] => [
          rowKey(card.id, row),
          [right(card.id), rowY(tops.get(card.id) ?? 0, card, index)],
        ]),
      ),
    ),
    wires,
    trunks: new Map(
      cards.map(({ id }) => {
        const column = columnOf.get(id) ?? 0;
        return [id, (lefts[column] ?? 0) + (widths[column] ?? 0) + TRUNK - LANE / 2];
      }),
    ),
  };
}

/** Tops of cards and slots: swept to and fro, each near what it is linked with; the shortest lines of all sweeps stand. */
function placed(
  columns: readonly (readonly Card[])[],
  slots: readonly (readonly Slot[])[],
  channels: readonly ReadonlyMap<string, readonly Touch[]>[],
  ports: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const orders = columns.map((column, index): Entry[] => [
    ...column.map((card) => ({ key: card.id, height: heightOf(card, ports.get(card.id)?.length ?? 0), card })),
    ...(slots[index] ?? []).map(({ key }) => ({ key, height: STEP, card: null })),
  ]);
  const tall = (entries: readonly Entry[]): number =>
    entries.reduce(
      (sum, entry, index) => sum + entry.height + (index === 0 ? 0 : gapBetween(entries[index - 1], entry)),
      0,
    );
  const room = Math.max(0, ...orders.map(tall)) + CARD_GAP;
  const pull = pullsOf(channels);
  let tops = new Map<string, number>();
  const settle = (column: number, wants: (entry: Entry) => number): void => {
    const sorted = (orders[column] ?? [])
      .map((entry) => ({ entry, wants: wants(entry) }))
      .toSorted((one, other) => one.wants + one.entry.height / 2 - (other.wants + other.entry.height / 2));
    orders[column] = sorted.map(({ entry }) => entry);
    const items = sorted.map(({ entry, wants: top }, index) => ({
      key: entry.key,
      height: entry.height,
      wants: top,
      gapBefore: gapBetween(sorted[index - 1]?.entry, entry),
    }));
    for (const [key, top] of stacked(items, room)) tops.set(key, top);
  };
  for (const [index, entries] of orders.entries()) {
    let at = 0;
    settle(index, ({ height }) => {
      const top = at;
      at += height + CARD_GAP;
      return top + (room - tall(entries)) / 2;
    });
  }
  let best = { tops: new Map(tops), cost: costOf(channels, tops) };
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const way = sweep % 2 === 0 ? range(0, columns.length) : range(0, columns.length).reverse();
    for (const column of way) {
      const now = tops;
      settle(column, ({ key }) => {
        const pulls = pull.get(key) ?? [];
        const top = now.get(key) ?? 0;
        if (pulls.length === 0) return top;
        return top + pulls.reduce((sum, { own, other }) => sum + other.y(now) - own.y(now), 0) / pulls.length;
      });
    }
    const cost = costOf(channels, tops);
    if (cost < best.cost) best = { tops: new Map(tops), cost };
  }
  tops = best.tops;
  return tops;
}

const gapBetween = (before: Entry | undefined, after: Entry): number =>
  before === undefined || before.card === null || after.card === null ? 0 : CARD_GAP;

type Pull = { readonly own: Touch; readonly other: Touch };

function pullsOf(channels: readonly ReadonlyMap<string, readonly Touch[]>[]): Map<string, Pull[]> {
  const pulls = new Map<string, Pull[]>();
  const add = (own: Touch, other: Touch): void => {
    if (own.key === other.key) return;
    pulls.set(own.key, [...(pulls.get(own.key) ?? []), { own, other }]);
  };
  for (const nets of channels)
    for (const touches of nets.values())
      for (let index = 0; index < touches.length; index += 2) {
        const [from, to] = [touches[index], touches[index + 1]];
        if (from === undefined || to === undefined) continue;
        add(from, to);
        add(to, from);
      }
  return pulls;
}

type Span = { readonly net: string; readonly from: number; readonly to: number };

function spansOf(nets: ReadonlyMap<string, readonly Touch[]>, tops: ReadonlyMap<string, number>): Span[] {
  return [...nets].map(([net, touches]) => {
    const ys = touches.map(({ y }) => y(tops));
    return { net, from: Math.min(...ys), to: Math.max(...ys) };
  });
}

/** Length of what runs up and down. */
function costOf(channels: readonly ReadonlyMap<string, readonly Touch[]>[], tops: ReadonlyMap<string, number>): number {
  return channels.flatMap((nets) => spansOf(nets, tops)).reduce((sum, { from, to }) => sum + to - from, 0);
}

/** A lane for each net: two nets share one where they are clear of each other. */
function lanesOf(nets: ReadonlyMap<string, readonly Touch[]>, tops: ReadonlyMap<string, number>): Map<string, number> {
  const lanes: Span[][] = [];
  const found = new Map<string, number>();
  const spans = spansOf(nets, tops).toSorted(
    (one, other) => one.to - one.from - (other.to - other.from) || one.from - other.from,
  );
  for (const span of spans) {
    const isClear = (lane: readonly Span[]): boolean =>
      lane.every(({ from, to }) => span.from > to + STEP / 2 || span.to < from - STEP / 2);
    const free = lanes.findIndex(isClear);
    const lane = free === -1 ? lanes.push([]) - 1 : free;
    lanes[lane]?.push(span);
    found.set(span.net, lane);
  }
  return found;
}

function across(columns: readonly (readonly Card[])[], lanes: readonly ReadonlyMap<string, number>[]) {
  const widths = columns.map((column) => Math.max(0, ...column.map(({ width }) => width)));
  const roomFor = (channel: number): number => {
    const found = lanes[channel];
    const isLast = channel === columns.length;
    if (found === undefined || (found.size === 0 && channel === 0)) return 0;
    const count = found.size === 0 ? 0 : Math.max(...found.values()) + 1;
    return TRUNK + count * LANE + (isLast ? LANE : BEFORE_CARD);
  };
  const lefts: number[] = [];
  let x = roomFor(0);
  for (const [index, width] of widths.entries()) {
    lefts.push(x);
    x += width + roomFor(index + 1);
  }
  return { lefts, widths, width: x };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

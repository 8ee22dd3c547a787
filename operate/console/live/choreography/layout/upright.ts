/** Cards below each other for a narrow screen, in the order of their causes, with all links in one channel beside them. Pure. */
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

const GAP = STEP;
const TRUNK = 10;
const LANE = 6;

export function upright(cards: readonly Card[], links: readonly Link[]): Layout {
  const ports = portsOf(links);
  const order = columnsOf(cards, links).flat();
  const right = Math.max(0, ...cards.map(({ width }) => width));
  let y = 0;
  const boxes = order.map((card): Placed => {
    const height = heightOf(card, ports.get(card.id)?.length ?? 0);
    const placed = { id: card.id, x: 0, y, width: right, height };
    y += height + GAP;
    return placed;
  });
  const top = new Map(boxes.map((box) => [box.id, box.y]));
  const byId = new Map(cards.map((card) => [card.id, card]));
  const startOf = ({ from, row }: Link): number => {
    const card = byId.get(from);
    return card === undefined ? 0 : rowY(top.get(from) ?? 0, card, card.rows.indexOf(row));
  };
  const endOf = ({ to, port }: Link): number => portY(top.get(to) ?? 0, ports.get(to)?.indexOf(port) ?? 0);
  const nets = [...Map.groupBy(links, ({ from, row }) => rowKey(from, row))].map(([net, own]) => {
    const ys = own.flatMap((link) => [startOf(link), endOf(link)]);
    return { net, from: Math.min(...ys), to: Math.max(...ys) };
  });
  const lanes: (typeof nets)[] = [];
  const laneOf = new Map<string, number>();
  for (const span of nets.toSorted((one, other) => one.to - one.from - (other.to - other.from))) {
    const free = lanes.findIndex((lane) => lane.every(({ from, to }) => span.from > to || span.to < from));
    const lane = free === -1 ? lanes.push([]) - 1 : free;
    lanes[lane]?.push(span);
    laneOf.set(span.net, lane);
  }
  const laneX = (net: string): number => right + TRUNK + ((laneOf.get(net) ?? 0) + 1) * LANE;
  return {
    width: right + TRUNK + (lanes.length + 1) * LANE,
    height: Math.max(0, y - GAP),
    cards: boxes,
    rows: new Map(
      cards.flatMap((card) =>
        card.rows.map((row, index): [string, Point] => [
          rowKey(card.id, row),
          [right, rowY(top.get(card.id) ?? 0, card, index)],
        ]),
      ),
    ),
    wires: new Map(
      links.map((link): [string, Point[]] => {
        const x = laneX(rowKey(link.from, link.row));
        return [
          link.id,
          straightened([
            [right, startOf(link)],
            [x, startOf(link)],
            [x, endOf(link)],
            [right, endOf(link)],
          ]),
        ];
      }),
    ),
    trunks: new Map(cards.map(({ id }) => [id, right + TRUNK - LANE / 2])),
  };
}

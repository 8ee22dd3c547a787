/** What is laid out: cards with rows that links leave from, and ports that links arrive at. All lengths are pixels. */

export type Card = {
  readonly id: string;
  readonly width: number;
  /** Above the first row; a multiple of `STEP`. */
  readonly head: number;
  /** Where links leave, from the top. */
  readonly rows: readonly string[];
  /** Below the last row; a multiple of `STEP`. */
  readonly foot: number;
};

/** Links of one row are one net: they share their way as far as it is the same. */
export type Link = {
  readonly id: string;
  readonly from: string;
  readonly row: string;
  readonly to: string;
  /** Links of one port arrive at one place. */
  readonly port: string;
};

export type Point = readonly [x: number, y: number];

export type Placed = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type Layout = {
  readonly width: number;
  readonly height: number;
  readonly cards: readonly Placed[];
  /** Middle of each row at the card's edge, by `rowKey`. */
  readonly rows: ReadonlyMap<string, Point>;
  /** From a row to a port, with right angles only. */
  readonly wires: ReadonlyMap<string, readonly Point[]>;
  /** Beside the right edges of cards, for each card: a way down that nothing else takes. */
  readonly trunks: ReadonlyMap<string, number>;
};

/** Everything stands on this grid. Rows end in its middle, ports on its lines: so no line of one lies on a line of the other. */
export const STEP = 16;

export const rowKey = (card: string, row: string): string => `${card} ${row}`;

/** The ports of each card, in the order in which links name them. */
export function portsOf(links: readonly Link[]): Map<string, string[]> {
  const ports = new Map<string, string[]>();
  for (const { to, port } of links) {
    const known = ports.get(to) ?? [];
    if (!known.includes(port)) known.push(port);
    ports.set(to, known);
  }
  return ports;
}

export function heightOf({ head, rows, foot }: Card, ports: number): number {
  return Math.max(head + rows.length * STEP + foot, (ports + 1) * STEP);
}

export const rowY = (top: number, { head }: Card, index: number): number => top + head + index * STEP + STEP / 2;
export const portY = (top: number, index: number): number => top + (index + 1) * STEP;

/** Without points that lie on the way between their neighbours. */
export function straightened(points: readonly Point[]): Point[] {
  const distinct = points.filter(([x, y], index) => {
    const before = points[index - 1];
    return before === undefined || before[0] !== x || before[1] !== y;
  });
  return distinct.filter(([x, y], index) => {
    const before = distinct[index - 1];
    const after = distinct[index + 1];
    if (before === undefined || after === undefined) return true;
    return !((before[0] === x && x === after[0]) || (before[1] === y && y === after[1]));
  });
}

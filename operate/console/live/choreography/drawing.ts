/** The choreography as a picture: boxes, wires and the bus, each with its place. Nothing is placed by hand. Pure. */
import {
  cardOf,
  hangsBelow,
  type Joined,
  liveRules,
  type Row,
  type Shown,
  shownOf,
  type Widths,
  type WireKind,
} from './cards.ts';
import type { Actor, Choreography } from './choreography.ts';
import { statedId } from './ids.ts';
import { type Layout, type Placed, type Point, rowKey, STEP, straightened } from './layout/parts.ts';
import { sideways } from './layout/sideways.ts';
import { upright } from './layout/upright.ts';

export type BoxRow = Row & {
  /** Middle of the row. */
  readonly y: number;
};

export type Box = Placed & Pick<Shown, 'kind' | 'title' | 'note'> & { readonly rows: readonly BoxRow[] };

export type Wire = {
  readonly id: string;
  readonly kind: WireKind;
  /** Boxes; `bus` is one. */
  readonly from: string;
  readonly to: string;
  readonly event: string | null;
  readonly rule: string | null;
  readonly points: readonly Point[];
};

export type Area = Omit<Placed, 'id'>;
export type Drawing = {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  readonly bus: Area;
};

/** From the left to the right, or from the top down for a narrow screen. */
export type Way = 'sideways' | 'upright';

export const BUS = 'bus';
/** So wide that the longest name of each fits. */
const WIDTHS: Readonly<Record<Way, Widths>> = {
  sideways: { function: 156, outside: 96, below: 172 },
  upright: { function: 216, outside: 216, below: 216 },
};
const BUS_HEIGHT = 2 * STEP;
const GAP = 2 * STEP;
const BELOW_HEIGHT = 4 * STEP;
/** Where many hang below the bus they are this narrow before the drawing becomes wider than the bus. */
const LEAST_BELOW = 148;
const TWIN_HEIGHT = 3 * STEP;
/** Beside the drawing, so that no line is cut off. */
const MARGIN = 4;

export function drawingOf(choreography: Choreography, way: Way): Drawing {
  const { shown, joined } = shownOf(choreography);
  const cards = shown.map((one) => cardOf(one, WIDTHS[way]));
  const layout = way === 'sideways' ? sideways(cards, joined) : upright(cards, joined);
  const below = belowOf(choreography);
  const busWidth = way === 'sideways' ? layout.width : WIDTHS.upright.function;
  const bus = { x: 0, y: layout.height + GAP, width: busWidth, height: BUS_HEIGHT };
  const hung = placedBelow(below, bus, way);
  const boxes = [...shown.map((one) => boxOf(one, layout)), ...hung];
  const wires = [
    ...joined.map((link) => wireOf(link, layout)),
    ...toBus(choreography, layout, bus, way),
    ...fromBus(choreography, hung, bus, way),
    ...replays(hung, way),
  ];
  const ends = [...boxes.map((box) => box.x + box.width), ...wires.flatMap(({ points }) => points.map(([x]) => x))];
  const bottoms = [
    ...boxes.map((box) => box.y + box.height),
    ...wires.flatMap(({ points }) => points.map(([, y]) => y)),
  ];
  return shifted({ width: Math.max(busWidth, ...ends), height: Math.max(...bottoms), boxes, wires, bus });
}

function boxOf({ id, kind, title, note, rows }: Shown, layout: Layout): Box {
  const placed = layout.cards.find((card) => card.id === id) ?? { id, x: 0, y: 0, width: 0, height: 0 };
  return {
    ...placed,
    kind,
    title,
    note,
    rows: rows.map((row) => ({ ...row, y: layout.rows.get(rowKey(id, row.id))?.[1] ?? 0 })),
  };
}

function wireOf({ id, kind, from, to, event, rule }: Joined, layout: Layout): Wire {
  return { id, kind, from, to, event, rule, points: layout.wires.get(id) ?? [] };
}

/** Every fact goes to the bus; those of a column go down together. */
function toBus({ actors }: Choreography, layout: Layout, bus: Area, way: Way): Wire[] {
  return actors.flatMap(({ name, states }) =>
    states.flatMap((event): Wire[] => {
      const start = layout.rows.get(rowKey(name, event));
      const x = layout.trunks.get(name);
      if (start === undefined || x === undefined) return [];
      const [, y] = start;
      const end: Point[] =
        way === 'sideways'
          ? [[x, bus.y]]
          : [
              [x, middle(bus)],
              [bus.x + bus.width, middle(bus)],
            ];
      const points = straightened([start, [x, y], ...end]);
      return [{ id: statedId(name, event), kind: 'bus', from: name, to: BUS, event, rule: null, points }];
    }),
  );
}

type Below = Omit<Shown, 'rows'> & { readonly hears: readonly { readonly id: string; readonly rule: string | null }[] };

/** In words, since no line for each stands there. */
function hearsOf(actor: Actor): string {
  const rules = liveRules(actor);
  if (rules.some(({ isEverything }) => isEverything)) return 'hears every fact';
  return `hears ${new Set(rules.flatMap(({ subscriptions }) => subscriptions.map(({ event }) => event))).size} facts`;
}

/** Who hears everything or very much, the archives, and the twins that replays of these reach. */
function belowOf({ actors, archives }: Choreography): Below[] {
  return [
    ...actors.filter(hangsBelow).map(
      (actor): Below => ({
        id: actor.name,
        kind: 'function',
        title: actor.name,
        note: hearsOf(actor),
        hears: liveRules(actor).map(({ name }) => ({ id: `${BUS}>${name}`, rule: name })),
      }),
    ),
    ...archives.map(
      ({ name, days, facts }): Below => ({
        id: archiveId(name),
        kind: 'archive',
        title: `archive ${name}`,
        note: `${facts} facts, ${days} days`,
        hears: [{ id: `${BUS}>${archiveId(name)}`, rule: null }],
      }),
    ),
    ...actors.flatMap(({ name: target, rules }) =>
      rules
        .filter(({ replayPurpose }) => replayPurpose !== null)
        .map(
          ({ name, replayPurpose }): Below => ({
            id: name,
            kind: 'twin',
            title: name,
            note: `${replayPurpose} → ${target}`,
            hears: [],
          }),
        ),
    ),
  ];
}

const archiveId = (name: string): string => `archive-${name}`;

function placedBelow(below: readonly Below[], bus: Area, way: Way): Box[] {
  const top = bus.y + bus.height + GAP;
  if (way === 'upright') return stackedBelow(below, bus.x, top);
  if (fairWidth(below, bus) >= LEAST_BELOW) return rowBelow(below, bus, top);
  // Too many for one row: what no line of the bus leads to stands in a second.
  const isTwin = ({ kind }: Below): boolean => kind === 'twin';
  const first = rowBelow(
    below.filter((one) => !isTwin(one)),
    bus,
    top,
  );
  return [...first, ...rowBelow(below.filter(isTwin), bus, top + BELOW_HEIGHT + GAP)];
}

const fairWidth = (below: readonly Below[], bus: Area): number =>
  Math.floor((bus.width + STEP) / Math.max(1, below.length)) - STEP;

function rowBelow(below: readonly Below[], bus: Area, y: number): Box[] {
  const width = Math.min(WIDTHS.sideways.below, Math.max(LEAST_BELOW, fairWidth(below, bus)));
  return below.map((one, index) => hungAt(one, { x: bus.x + index * (width + STEP), y, width }));
}

function stackedBelow(below: readonly Below[], x: number, top: number): Box[] {
  let y = top;
  return below.map((one) => {
    const box = hungAt(one, { x, y, width: WIDTHS.upright.below });
    y += box.height + STEP;
    return box;
  });
}

function hungAt({ id, kind, title, note }: Below, place: Pick<Area, 'x' | 'y' | 'width'>): Box {
  return { id, kind, title, note, rows: [], height: kind === 'twin' ? TWIN_HEIGHT : BELOW_HEIGHT, ...place };
}

function fromBus(choreography: Choreography, hung: readonly Box[], bus: Area, way: Way): Wire[] {
  return belowOf(choreography).flatMap(({ id, hears }) => {
    const box = hung.find((one) => one.id === id);
    if (box === undefined) return [];
    return hears.map(({ id: wire, rule }, index): Wire => {
      const x = box.x + (box.width * (index + 1)) / (hears.length + 1);
      const points: Point[] =
        way === 'sideways'
          ? [
              [x, bus.y + bus.height],
              [x, box.y],
            ]
          : aside(bus, box, 1);
      return { id: wire, kind: 'all', from: BUS, to: id, event: null, rule, points };
    });
  });
}

/** From an archive to each twin: one line that they share. */
function replays(hung: readonly Box[], way: Way): Wire[] {
  const archives = hung.filter(({ kind }) => kind === 'archive');
  const twins = hung.filter(({ kind }) => kind === 'twin');
  const first = hung.filter(({ y }) => y === archives[0]?.y);
  const floor = Math.max(0, ...first.map((box) => box.y + box.height)) + STEP;
  return archives.flatMap((archive) =>
    twins.map((twin): Wire => {
      const [from, to] = [archive.x + archive.width / 2, twin.x + twin.width / 2];
      const points: Point[] =
        way === 'sideways'
          ? [
              [from, archive.y + archive.height],
              [from, floor],
              [to, floor],
              [to, twin.y > floor ? twin.y : twin.y + twin.height],
            ]
          : aside(archive, twin, 2);
      return {
        id: `${archive.id}>${twin.id}`,
        kind: 'replay',
        from: archive.id,
        to: twin.id,
        event: null,
        rule: twin.id,
        points,
      };
    }),
  );
}

const middle = ({ y, height }: Area): number => y + height / 2;

/** Out at the right, down, and in at the right. */
function aside(from: Area, to: Area, lane: number): Point[] {
  const right = from.x + from.width;
  const x = right + 10 + lane * 10;
  return [
    [right, middle(from)],
    [x, middle(from)],
    [x, middle(to)],
    [to.x + to.width, middle(to)],
  ];
}

function shifted({ width, height, boxes, wires, bus }: Drawing): Drawing {
  const at = <T extends { readonly x: number; readonly y: number }>(one: T): T => ({
    ...one,
    x: one.x + MARGIN,
    y: one.y + MARGIN,
  });
  return {
    width: Math.ceil(width + 2 * MARGIN),
    height: Math.ceil(height + 2 * MARGIN),
    boxes: boxes.map((box) => ({ ...at(box), rows: box.rows.map((row) => ({ ...row, y: row.y + MARGIN })) })),
    wires: wires.map((wire) => ({ ...wire, points: wire.points.map(([x, y]): Point => [x + MARGIN, y + MARGIN]) })),
    bus: at(bus),
  };
}

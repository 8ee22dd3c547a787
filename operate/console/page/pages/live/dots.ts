/**
 * Facts on their way: dots that run along the wires. Each is a small layer of its own that is only moved, so that nothing is
 * painted anew; their number is bounded, and so is how often they move: a page that is kept open must cost little.
 */
import type { Wire } from '../../../live/choreography/drawing.ts';
import type { FlowFrame } from '../../../live/flow/figures.ts';

/** One frame of the stream. */
const SPREAD_MS = 250;
const MOST_A_FRAME = 3;
const MOST_DOTS = 90;
const PIXELS_A_MS = 0.55;
const LEAST_MS = 350;
const MOST_MS = 1_500;
/** 25 a second. */
const STEP_MS = 40;
const RADIUS = 3;

type Track = { readonly points: Wire['points']; readonly lengths: readonly number[]; readonly length: number };
type Dot = { readonly track: Track; readonly startsAt: number; readonly ms: number; readonly element: HTMLElement };

export type Dots = {
  /** Sends dots for what a frame counted. */
  add(frame: FlowFrame): void;
  close(): void;
};

/** @param layer  as large as the drawing */
export function startDots(layer: HTMLElement, wires: readonly Wire[]): Dots {
  const tracks = new Map(wires.map((wire) => [wire.id, trackOf(wire)]));
  const spare: HTMLElement[] = [];
  let dots: Dot[] = [];
  let request = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;

  function move(now: number): void {
    const left: Dot[] = [];
    for (const dot of dots) {
      const { track, startsAt, ms, element } = dot;
      if (now >= startsAt + ms) {
        element.style.visibility = 'hidden';
        spare.push(element);
        continue;
      }
      left.push(dot);
      if (now < startsAt) continue;
      const [x, y] = placeOn(track, ((now - startsAt) / ms) * track.length);
      element.style.visibility = 'visible';
      element.style.transform = `translate(${x - RADIUS}px, ${y - RADIUS}px)`;
    }
    dots = left;
    if (dots.length > 0) soon();
  }

  function soon(): void {
    clearTimeout(pause);
    pause = setTimeout(() => {
      request = requestAnimationFrame(move);
    }, STEP_MS);
  }

  function made(): HTMLElement {
    const known = spare.pop();
    if (known !== undefined) return known;
    const element = document.createElement('i');
    element.style.visibility = 'hidden';
    layer.append(element);
    return element;
  }

  function send(id: string, count: number, now: number): void {
    const track = tracks.get(id);
    if (track === undefined) return;
    const some = Math.min(count, MOST_A_FRAME, MOST_DOTS - dots.length);
    for (let index = 0; index < some; index += 1)
      dots.push({
        track,
        startsAt: now + (SPREAD_MS * index) / MOST_A_FRAME,
        element: made(),
        ms: Math.min(MOST_MS, Math.max(LEAST_MS, track.length / PIXELS_A_MS)),
      });
  }

  return {
    add({ heard, stated, replayed, runs }) {
      if (document.hidden) return;
      const now = performance.now();
      const isMoving = dots.length > 0;
      const aside = new Map<string, number>();
      for (const [id, count] of Object.entries(heard)) {
        // What hears everything has one wire from the bus for all facts.
        const all = `bus>${id.slice(id.indexOf('>') + 1)}`;
        if (tracks.has(id)) send(id, count, now);
        else aside.set(all, (aside.get(all) ?? 0) + count);
      }
      for (const [id, count] of Object.entries(stated)) send(id, count, now);
      for (const [id, count] of aside) send(id, count, now);
      for (const [name, count] of Object.entries(runs)) send(`webhook>${name}`, count, now);
      for (const [twin, count] of Object.entries(replayed))
        for (const { id, kind, to } of wires) if (kind === 'replay' && to === twin) send(id, count, now);
      if (!isMoving && dots.length > 0) soon();
    },
    close() {
      clearTimeout(pause);
      cancelAnimationFrame(request);
      layer.replaceChildren();
    },
  };
}

function trackOf({ points }: Wire): Track {
  const lengths = points.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = points[index] ?? [x, y];
    return Math.abs(x - fromX) + Math.abs(y - fromY);
  });
  return { points, lengths, length: lengths.reduce((sum, length) => sum + length, 0) };
}

function placeOn({ points, lengths }: Track, along: number): readonly [number, number] {
  let left = along;
  for (const [index, length] of lengths.entries()) {
    const [fromX, fromY] = points[index] ?? [0, 0];
    const [toX, toY] = points[index + 1] ?? [fromX, fromY];
    if (left <= length) {
      const share = length === 0 ? 0 : left / length;
      return [fromX + (toX - fromX) * share, fromY + (toY - fromY) * share];
    }
    left -= length;
  }
  return points.at(-1) ?? [0, 0];
}

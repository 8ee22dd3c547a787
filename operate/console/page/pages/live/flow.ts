/** What flows through the choreography, as the stream tells it: sums by name, figures of each second, the last of each fact. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Figures, FlowFrame, FunctionFigures, Moment, SeenFact } from '../../../live/flow/figures.ts';
import type { FlowState } from '../../../live/flow/flow.ts';
import { hear } from '../../live/stream.ts';

export const figures = signal<Figures | null>(null);
/** The oldest first, of the last ten minutes. */
export const moments = signal<readonly Moment[]>([]);
/** By `statedId`, the newest first. */
export const seen = signal<ReadonlyMap<string, readonly SeenFact[]>>(new Map());
export const rulesOff: ReadonlySignal<ReadonlySet<string>> = computed(() => new Set(figures.value?.rulesOff ?? []));

const MOST_MOMENTS = 300;
const MOST_SEEN = 8;

const totals = new Map<string, Signal<number>>();

/** Since this start, of a fact as it is stated (`statedId`) or heard (`heardId`). */
export function totalOf(id: string): Signal<number> {
  const known = totals.get(id) ?? signal(0);
  totals.set(id, known);
  return known;
}

export function figuresOf(name: string): FunctionFigures | null {
  return figures.value?.functions[name] ?? null;
}

type FrameListener = (frame: FlowFrame) => void;
const frameListeners = new Set<FrameListener>();

/** Hears each frame, for what moves. Answers how to stop. */
export function onFrame(listener: FrameListener): () => void {
  frameListeners.add(listener);
  return () => frameListeners.delete(listener);
}

function takeFigures(value: Figures): void {
  figures.value = value;
  for (const group of [value.stated, value.heard])
    for (const [id, { total }] of Object.entries(group)) totalOf(id).value = total;
}

function takeSeen(news: readonly SeenFact[]): void {
  const next = new Map(seen.value);
  for (const fact of news) {
    const others = (next.get(fact.stated) ?? []).filter(({ eventId }) => eventId !== fact.eventId);
    next.set(fact.stated, [fact, ...others].slice(0, MOST_SEEN));
  }
  seen.value = next;
}

/** To be called once, before the stream opens. */
export function followFlow(): void {
  hear<FlowState>('flow-state', (state) => {
    takeFigures(state.figures);
    moments.value = state.history;
    seen.value = new Map();
    takeSeen(state.seen.toReversed());
  });
  hear<FlowFrame>('flow', (frame) => {
    for (const group of [frame.stated, frame.heard])
      for (const [id, count] of Object.entries(group)) totalOf(id).value += count;
    for (const listener of frameListeners) listener(frame);
  });
  hear<Figures>('figures', takeFigures);
  hear<Moment>('moment', (moment) => {
    moments.value = [...moments.value, moment].slice(-MOST_MOMENTS);
  });
  hear<readonly SeenFact[]>('seen', takeSeen);
}

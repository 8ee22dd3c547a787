/** The choreography as the server laid it out: who states what, whose rules hear it, and what is going on. */
import { computed } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Choreography } from '../../../live/choreography/choreography.ts';
import type { Box, Drawing, Way, Wire } from '../../../live/choreography/drawing.ts';
import { useRead } from '../../api.ts';
import { choice, choose } from './choice.ts';
import { startDots } from './dots.ts';
import { figures, figuresOf, onFrame, rulesOff, totalOf } from './flow.ts';
import { shortNumber, shortTime } from './words.ts';

export type Drawn = { readonly choreography: Choreography; readonly drawing: Drawing };

const NARROW = matchMedia('(max-width: 760px)');
const STILL = matchMedia('(prefers-reduced-motion: reduce)');
/** Smaller is hard to read: then it scrolls. */
const LEAST_SCALE = 0.86;

export function useChoreography() {
  const way: Way = useMedia(NARROW) ? 'upright' : 'sideways';
  return useRead<Drawn>('choreography', { way });
}

export function Picture({ drawn: { drawing, choreography } }: { drawn: Drawn }) {
  const room = useRef<HTMLElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const isStill = useMedia(STILL);
  useScale(room, sheet, drawing);
  useEffect(() => {
    if (isStill || layer.current === null) return;
    const dots = startDots(layer.current, drawing.wires);
    const stop = onFrame(dots.add);
    return () => {
      stop();
      dots.close();
    };
  }, [drawing, isStill]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section class="choreography scroll" aria-label="The choreography" tabIndex={0} ref={room}>
      <div class="sheet" ref={sheet}>
        <Wires drawing={drawing} />
        <div class="dots" ref={layer} aria-hidden="true" />
        <BusBand drawing={drawing} />
        {drawing.boxes.map((box) => (
          <BoxView key={box.id} box={box} choreography={choreography} />
        ))}
      </div>
    </section>
  );
}

function Wires({ drawing: { width, height, wires } }: { drawing: Drawing }) {
  return (
    <svg width={width} height={height} aria-hidden="true">
      <defs>
        {(['fact', 'all', 'replay'] as const).map((kind) => (
          <marker
            key={kind}
            id={`tip-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="6"
            markerHeight="6"
            orient="auto"
          >
            <path class={`wire ${kind}`} d="M1 1 7 4 1 7" />
          </marker>
        ))}
      </defs>
      {wires.map((wire) => (
        <WireView key={wire.id} wire={wire} />
      ))}
    </svg>
  );
}

const TIPS = { fact: 'fact', outside: 'fact', all: 'all', replay: 'replay', bus: null } as const;

function WireView({ wire: { kind, rule, event, from, to, points } }: { wire: Wire }) {
  const look = useMemo(
    () =>
      computed(() => {
        const isOff = rule !== null && rulesOff.value.has(rule);
        const { value: chosen } = choice;
        const isChosen =
          chosen !== null &&
          (chosen.kind === 'fact' ? chosen.event === event : kind !== 'bus' && [from, to].includes(chosen.id));
        return `wire ${kind}${isOff ? ' off' : ''}${isChosen ? ' chosen' : ''}`;
      }),
    [kind, rule, event, from, to],
  );
  const tip = TIPS[kind];
  return (
    <path
      class={look}
      d={points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')}
      {...(tip !== null && { 'marker-end': `url(#tip-${tip})` })}
    />
  );
}

const placed = ({ x, y, width, height }: Pick<Box, 'x' | 'y' | 'width' | 'height'>) => ({
  left: `${x}px`,
  top: `${y}px`,
  width: `${width}px`,
  height: `${height}px`,
});

function BusBand({ drawing: { bus } }: { drawing: Drawing }) {
  const rate = useMemo(() => computed(() => `${shortNumber(figures.value?.perSecond ?? 0)} facts/s`), []);
  return (
    <div class="box bus" style={placed(bus)}>
      <button type="button" class="who" onClick={() => choose({ kind: 'box', id: 'bus' })}>
        EventBridge bus
      </button>
      <span class="figure">{rate}</span>
    </div>
  );
}

function BoxView({ box, choreography }: { box: Box; choreography: Choreography }) {
  const { id, kind, title, note, rows } = box;
  const rules = choreography.actors.find(({ name }) => name === id)?.rules ?? [];
  const look = useMemo(
    () =>
      computed(() => {
        const isChosen = choice.value?.kind === 'box' && choice.value.id === id;
        return `box ${kind}${isChosen ? ' chosen' : ''}${isTroubled(id) ? ' troubled' : ''}`;
      }),
    [id, kind],
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div class={look} role="group" aria-label={title} style={placed(box)}>
      <button type="button" class="who" onClick={() => choose({ kind: 'box', id })}>
        {title}
      </button>
      {note === '' || kind === 'function' ? null : <span class="figure">{note}</span>}
      {kind === 'function' ? <FunctionLines name={id} rules={rules.map(({ name }) => name)} /> : null}
      {rows.map(({ id: row, label, stated, y }) => (
        <div class="row" key={row} style={{ top: `${y - box.y - 8}px` }}>
          {stated === null ? <span class="label">{label}</span> : <FactRow event={label} stated={stated} />}
        </div>
      ))}
    </div>
  );
}

function FunctionLines({ name, rules }: { name: string; rules: readonly string[] }) {
  const [first, second] = useMemo(() => {
    const flowing = computed(() => {
      const found = figuresOf(name);
      if (found === null) return '';
      const lag = found.lagP95 === null ? '' : ` · p95 ${shortTime(found.lagP95)}`;
      return `${shortNumber(found.rate)}/s${lag}`;
    });
    const left = computed(() => {
      const off = rules.filter((rule) => rulesOff.value.has(rule));
      if (off.length > 0) return 'rule off';
      return troubles(name) || waits(name);
    });
    return [flowing, left];
  }, [name, rules.join()]);
  return (
    <>
      <span class="figure">{first}</span>
      <span class="figure second">{second}</span>
    </>
  );
}

/** What should not be there, in few words; empty where all is well. */
function troubles(name: string): string {
  const found = figuresOf(name);
  if (found === null) return '';
  const told = [
    [found.dead + found.failed, 'dead'],
    [found.errors, 'failed'],
    [found.invalid, 'unreadable'],
  ] as const;
  return told
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${shortNumber(count)} ${word}`)
    .join(' · ');
}

function waits(name: string): string {
  const found = figuresOf(name);
  if (found === null) return '';
  const told = [
    [found.waiting, 'waiting'],
    [found.later, 'later'],
  ] as const;
  return told
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${shortNumber(count)} ${word}`)
    .join(' · ');
}

const isTroubled = (name: string): boolean => troubles(name) !== '';

function FactRow({ event, stated }: { event: string; stated: string }) {
  const total = useMemo(() => {
    const count = totalOf(stated);
    return computed(() => (count.value === 0 ? '' : shortNumber(count.value)));
  }, [stated]);
  return (
    <>
      <span class="count">{total}</span>
      <button type="button" class="label" onClick={() => choose({ kind: 'fact', event })}>
        {event}
      </button>
    </>
  );
}

function useMedia(media: MediaQueryList): boolean {
  const [matches, setMatches] = useState(media.matches);
  useEffect(() => {
    const look = (): void => setMatches(media.matches);
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, [media]);
  return matches;
}

/** Fits the sheet into its room, as far as it stays readable. */
function useScale(
  room: { current: HTMLElement | null },
  sheet: { current: HTMLElement | null },
  { width, height }: Drawing,
): void {
  useEffect(() => {
    const scaleToRoom = (): void => {
      if (room.current === null || sheet.current === null) return;
      const scale = Math.min(1, Math.max(LEAST_SCALE, room.current.clientWidth / width));
      const { style } = sheet.current;
      style.width = `${width}px`;
      style.height = `${height}px`;
      style.transform = `scale(${scale})`;
      // What is scaled keeps its place otherwise.
      style.marginRight = `${-width * (1 - scale)}px`;
      style.marginBottom = `${-height * (1 - scale)}px`;
    };
    scaleToRoom();
    const watch = new ResizeObserver(scaleToRoom);
    if (room.current !== null) watch.observe(room.current);
    return () => watch.disconnect();
  }, [room, sheet, width, height]);
}

/** The policy that is being drafted: what differs from the release, over which time it is run, and why. It stays while other pages are looked at. */
import { computed, signal } from '@preact/signals';
import type { PolicyField, PolicyValue } from '../../../../whatif/fields.ts';
import type { RunInput } from '../../../what-if/judge.ts';
import { fieldOf, instantOf } from '../../parts/zone-time.ts';

export type Span = 'day' | 'week' | 'all' | 'between';

/** Dotted keys; only what differs from the release. */
export const changes = signal<Readonly<Record<string, PolicyValue>>>({});
export const name = signal('');
export const reason = signal('');
export const span = signal<Span>('week');
/** As the two fields have it: local, without a zone. */
export const between = signal({ from: '', to: '' });
/** The number whose curve is drawn; `null` draws none. */
export const swept = signal<{ readonly key: string; readonly from: string; readonly to: string } | null>(null);

/** Numbers while they are typed, and those that cannot be taken. */
type Typed = { readonly text: string; readonly problem: string | null };
export const typed = signal<Readonly<Record<string, Typed>>>({});
/** Keys of settings in which something stands that cannot be taken. */
export const unready = computed(() =>
  Object.entries(typed.value).flatMap(([key, { problem }]) => (problem === null ? [] : [key])),
);

export function typing(key: string, now: Typed | null): void {
  const { [key]: _, ...others } = typed.value;
  typed.value = now === null ? others : { ...others, [key]: now };
}

export const changed = computed(() => Object.keys(changes.value).length);

export function valueHeld({ key, shipped }: PolicyField): PolicyValue {
  return Object.hasOwn(changes.value, key) ? (changes.value[key] ?? null) : shipped;
}

export function change({ key, shipped }: PolicyField, value: PolicyValue): void {
  const { [key]: _, ...others } = changes.value;
  changes.value = JSON.stringify(value) === JSON.stringify(shipped) ? others : { ...others, [key]: value };
  typing(key, null);
}

export function backToShipped(key: string): void {
  const { [key]: _, ...others } = changes.value;
  changes.value = others;
  typing(key, null);
}

const SPANS: Readonly<Record<Exclude<Span, 'between'>, string | null>> = { day: '-24h', week: '-7d', all: null };

/** What is run. @param zone  in which the two fields are meant */
export function inputOf(zone: string): RunInput {
  const { from, to } = between.value;
  const instants =
    span.value === 'between' ? { from: isoOf(from, zone), to: isoOf(to, zone) } : { from: SPANS[span.value], to: null };
  const sweep = swept.value;
  return {
    changes: changes.value,
    name: name.value,
    reason: reason.value,
    ...(instants.from !== null && { from: instants.from }),
    ...(instants.to !== null && { to: instants.to }),
    ...(sweep !== null && { sweep: { key: sweep.key, from: Number(sweep.from), to: Number(sweep.to) } }),
  };
}

/** The draft of a run that is looked at again. */
export function takeUp(input: RunInput, zone: string): void {
  changes.value = input.changes as Readonly<Record<string, PolicyValue>>;
  typed.value = {};
  name.value = input.name;
  reason.value = input.reason;
  const known = Object.entries(SPANS).find(([, from]) => from === (input.from ?? null) && input.to === undefined);
  span.value = (known?.[0] as Span | undefined) ?? 'between';
  if (known === undefined)
    between.value = {
      from: input.from === undefined ? '' : fieldOf(Date.parse(input.from), zone),
      to: input.to === undefined ? '' : fieldOf(Date.parse(input.to), zone),
    };
  const { sweep } = input;
  swept.value = sweep === undefined ? null : { key: sweep.key, from: String(sweep.from), to: String(sweep.to) };
}

/** `null` for an empty field. */
function isoOf(field: string, zone: string): string | null {
  const instant = instantOf(field, zone);
  return instant === null ? null : new Date(instant).toISOString();
}

export function spokenTime(ms: number): string {
  const minutes = ms / 60_000;
  return minutes >= 60 && minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.round(minutes * 100) / 100} min`;
}

/** Instants, in the business zone or the browser's own; both are always to be had. */
import { signal } from '@preact/signals';
import { about } from '../live/stream.ts';

type Choice = 'business' | 'browser';
const KEY = 'frontdesk-zone';
const choice = signal<Choice>(localStorage.getItem(KEY) === 'browser' ? 'browser' : 'business');
const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const businessZone = (): string => about.value.zone ?? 'UTC';
/** The zone that times are shown in just now. */
export const zoneShown = (): string => (choice.value === 'business' ? businessZone() : BROWSER_ZONE);

const formats = new Map<string, Intl.DateTimeFormat>();
function formatIn(zone: string): Intl.DateTimeFormat {
  const known =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
  formats.set(zone, known);
  return known;
}

/** For text where an element cannot stand. @param at  ISO or epoch milliseconds */
export function timeText(at: string | number): string {
  return formatIn(zoneShown()).format(new Date(at));
}

/** In the zone that was chosen; the other one, and UTC, on hovering or asking. */
export function Time({ at }: { at: string | number }) {
  const date = new Date(at);
  const other = choice.value === 'business' ? BROWSER_ZONE : businessZone();
  const title = `${formatIn(other).format(date)} ${other} · ${date.toISOString()}`;
  return (
    <time dateTime={date.toISOString()} title={title}>
      {formatIn(zoneShown()).format(date)}
    </time>
  );
}

export function Zones() {
  return (
    <label class="zones">
      <span>Times in</span>
      <select
        value={choice.value}
        onChange={(event) => {
          choice.value = event.currentTarget.value === 'browser' ? 'browser' : 'business';
          localStorage.setItem(KEY, choice.value);
        }}
      >
        <option value="business">{businessZone()} (business)</option>
        <option value="browser">{BROWSER_ZONE} (this browser)</option>
      </select>
    </label>
  );
}

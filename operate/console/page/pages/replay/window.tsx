/** The window in two fields, and by what people usually want. */
import { zoneShown } from '../../parts/time.tsx';
import { dayBefore, fieldOf, instantOf } from '../../parts/zone-time.ts';

/** Epoch milliseconds. */
export type Period = { readonly from: number; readonly to: number };

const HOUR_MS = 3_600_000;

export function WindowFields({
  archive,
  ingestionMs,
  period,
  onChoose,
}: {
  archive: string;
  ingestionMs: number;
  period: Period | null;
  onChoose: (period: Period) => void;
}) {
  const zone = zoneShown();
  // What happened this moment may not be in the archive yet.
  const latest = (): number => Date.now() - ingestionMs - 1_000;
  const presets: readonly (readonly [string, () => Period])[] = [
    ['Last hour', () => ({ from: latest() - HOUR_MS, to: latest() })],
    ['Last 24 hours', () => ({ from: latest() - 24 * HOUR_MS, to: latest() })],
    ['Yesterday', () => dayBefore(Date.now(), zone)],
    ['Last 7 days', () => ({ from: latest() - 7 * 24 * HOUR_MS, to: latest() })],
  ];
  const change = (field: 'from' | 'to', text: string): void => {
    const at = instantOf(text, zone);
    if (at === null) return;
    const start = { from: at - HOUR_MS, to: Math.min(at + HOUR_MS, latest()) };
    onChoose({ ...(period ?? start), [field]: at });
  };
  return (
    <div class="window">
      <fieldset class="presets">
        <legend class="unseen">Usual windows of the archive {archive}</legend>
        {presets.map(([name, of]) => (
          <button key={name} type="button" onClick={() => onChoose(of())}>
            {name}
          </button>
        ))}
      </fieldset>
      <label class="field">
        <span>From</span>
        <input
          type="datetime-local"
          value={period === null ? '' : fieldOf(period.from, zone)}
          onChange={(event) => change('from', event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>To</span>
        <input
          type="datetime-local"
          value={period === null ? '' : fieldOf(period.to, zone)}
          onChange={(event) => change('to', event.currentTarget.value)}
        />
      </label>
      <small class="quiet">in {zone}</small>
    </div>
  );
}

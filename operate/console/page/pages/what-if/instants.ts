/** Between an instant and what a date-and-time field holds, in a zone. Pure. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-01-31T09:30` in the zone. @param at  ISO */
export function localIn(at: string | number, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(zone, format);
  return format.format(new Date(at)).replace(' ', 'T');
}

/** ISO, UTC. Of an hour that a clock has twice, the first; of one that it skips, the one after. */
export function instantIn(local: string, zone: string): string {
  const asUtc = Date.parse(`${local}Z`);
  const offset = (at: number): number => Date.parse(`${localIn(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000;
  const candidates = [asUtc - offset(asUtc - 86_400_000), asUtc - offset(asUtc + 86_400_000)].toSorted((a, b) => a - b);
  const exact = candidates.find((at) => localIn(at, zone) === local.slice(0, 16));
  return new Date(exact ?? candidates[1] ?? asUtc).toISOString();
}

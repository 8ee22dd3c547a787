/** Amounts as people read them. Pure. */

/** `850 ms`, `12.3 s`, `4 min 10 s`, `2 h 5 min`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** Digits that count, never in powers of ten: `$0.0312`, `$12.40`. */
export function usdText(usd: number): string {
  if (usd === 0) return '$0';
  return `$${usd >= 1 ? usd.toFixed(2) : usd.toFixed(Math.min(8, 2 - Math.floor(Math.log10(usd))))}`;
}

/** Powers of 1000, as disks are sold. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const scaled = bytes / 1000 ** power;
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${units[power]}`;
}

export function shareText(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** `order_status_tracking` → `order status tracking`. */
export const plain = (code: string): string => code.replaceAll('_', ' ');

/** How far a share moved, in points. Pure. */

/** `–` of what was nothing before; empty where it stands still. */
export function movedText(share: number, before: number | null): string {
  if (before === null) return '–';
  const rounded = Math.round((share - before) * 1000) / 10;
  return rounded === 0 ? '' : `${rounded > 0 ? '+' : '−'}${Math.abs(rounded).toFixed(1)}`;
}

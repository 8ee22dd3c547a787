/** A share as the length of a bar, with another one behind it to compare; the figures stand beside it. */
export function Bar({ share, before, most }: { share: number; before: number; most: number }) {
  const length = (value: number): string => `${most === 0 ? 0 : Math.max(0.5, (value / most) * 100)}%`;
  return (
    <span class="bar" aria-hidden="true">
      <span class="now" style={{ width: length(share) }} />
      <span class="then" style={{ width: length(before) }} />
    </span>
  );
}

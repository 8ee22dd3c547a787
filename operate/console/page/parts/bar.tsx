/** An amount as the length of a bar, with another one below it to compare; the figures stand beside it. */
import './bar.css';

export function Bar({ share, before, most }: { share: number; before?: number; most: number }) {
  const length = (value: number): string => `${most === 0 ? 0 : Math.max(0.5, (value / most) * 100)}%`;
  return (
    <span class="share-bar" aria-hidden="true">
      <span class="now" style={{ width: length(share) }} />
      {before === undefined ? null : <span class="then" style={{ width: length(before) }} />}
    </span>
  );
}

/** When a page looks again by itself. */

export type Seen = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;

/**
 * Looks at once, seen or not: a page that opens in the background is to be ready when somebody comes to it. Then at every turn, as long as
 * it is seen, and as soon as it is seen again.
 *
 * @param everyMs  once and no more where it is left out
 * @returns how to end
 */
export function keepLooking(look: () => void, everyMs: number | undefined, page: Seen = document): () => void {
  look();
  if (everyMs === undefined) return () => {};
  const lookIfSeen = (): void => {
    if (!page.hidden) look();
  };
  const timer = setInterval(lookIfSeen, everyMs);
  page.addEventListener('visibilitychange', lookIfSeen);
  return () => {
    clearInterval(timer);
    page.removeEventListener('visibilitychange', lookIfSeen);
  };
}

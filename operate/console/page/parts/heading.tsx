import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

/** The name of a page: its one `h1`, and the window's title. */
export function Heading({ name, children }: { name: string; children?: ComponentChildren }) {
  useEffect(() => {
    document.title = `${name} · Frontdesk`;
  }, [name]);
  return (
    <div class="heading">
      <h1 tabIndex={-1}>{name}</h1>
      {children === undefined ? null : <p class="lead">{children}</p>}
    </div>
  );
}

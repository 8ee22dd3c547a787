import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { greet } from '../navigation.ts';

/** The name of a page: its one `h1`, and the window's title. */
export function Heading({ name, children }: { name: string; children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (heading.current !== null) greet(heading.current);
  }, []);
  useEffect(() => {
    document.title = `${name} · Frontdesk`;
  }, [name]);
  return (
    <div class="heading">
      <h1 tabIndex={-1} ref={heading}>
        {name}
      </h1>
      {children === undefined ? null : <p class="lead">{children}</p>}
    </div>
  );
}

import type { ComponentChildren } from 'preact';
import { choose } from '../choice.ts';
import { docsAddress } from './docs.ts';

export function Figures({ pairs }: { pairs: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="pairs">
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function FactLink({ event }: { event: string }) {
  return (
    <button type="button" class="plain" onClick={() => choose({ kind: 'fact', event })}>
      {event}
    </button>
  );
}

export function BoxLink({ id }: { id: string }) {
  return (
    <button type="button" class="plain" onClick={() => choose({ kind: 'box', id })}>
      {id}
    </button>
  );
}

export function DocsLink({ page, children }: { page: string; children: ComponentChildren }) {
  return (
    <p>
      <a href={docsAddress(page)}>{children}</a>
    </p>
  );
}

import type { ComponentChildren } from 'preact';
import type { Refusal } from '../api.ts';

/** `done`, `wait` and `plain` are read out when there is time, `failed` at once. */
export function Notice({
  kind,
  children,
}: {
  kind: 'done' | 'wait' | 'plain' | 'failed';
  children: ComponentChildren;
}) {
  return (
    <div class={`notice ${kind}`} role={kind === 'failed' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

/** What was refused, and the cure. */
export function Refused({ refusal }: { refusal: Refusal | null }) {
  if (refusal === null) return null;
  return (
    <Notice kind="failed">
      <b>{sentence(refusal.message)}</b> {sentence(refusal.cure)}
    </Notice>
  );
}

function sentence(text: string): string {
  const start = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

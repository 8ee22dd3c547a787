/** Whether a rotation can still be undone: the same answer before anything is written, and on the way. */
import { Failure } from '../failure.ts';
import type { SecretStore } from './stored-secret.ts';
import { type Progress, parseWebhookSecret, type WebhookSecret } from './webhook-secret.ts';

export async function requireUndoableIn(store: Pick<SecretStore, 'read'>): Promise<void> {
  requireUndoable(readSecret((await store.read()).text).progress);
}

/** Throws `nothing_to_undo`, and `too_late` once the former token is removed. */
export function requireUndoable(progress: Progress | null): void {
  if (progress === null)
    throw new Failure('nothing_to_undo', 'no rotation is under way', 'what is over is undone by another rotation');
  if (progress.phase === 'removed' && progress.direction === 'forward')
    throw new Failure(
      'too_late',
      'the former token is removed: containers refuse it already',
      'run this without --undo to its end; then rotate again if you must',
    );
}

/** Throws `malformed_secret`. */
export function readSecret(text: string): WebhookSecret {
  const secret = parseWebhookSecret(text);
  if (secret !== null) return secret;
  throw new Failure(
    'malformed_secret',
    'the secret is not of the form {"active_tokens": […]}',
    'put it right with your own tools; docs/operations.md shows the form',
  );
}

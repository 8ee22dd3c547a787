/** The vault: short-lived L3 data, sealed from the first byte, under a content-addressed reference (platform §2.1). */
import type { Container } from '../container.ts';
import { canonicalJson } from '../envelopes.ts';
import { expiresAt } from '../ledger/keys.ts';
import { type Restricted, restrict, restrictIfAny, reveal } from '../restricted.ts';
import { TIMES } from '../times.ts';

type VaultContainer = Pick<Container<'cipher' | 'digests'>, 'store' | 'clock' | 'cipher' | 'digests'>;

/** Stores order facts; the same facts of the same message get the same reference, and are never overwritten by others. */
export async function keepOrderFacts(
  container: VaultContainer,
  conversationId: string,
  commentId: string,
  facts: Restricted<unknown>,
): Promise<{ readonly ref: string; readonly expiresAt: number }> {
  const digester = await container.digests();
  const content = canonicalJson(reveal(facts));
  const ref = `ord:${conversationId}:${commentId}:${digester.digest('order-facts', content).split('_').at(-1) ?? ''}`;
  const until = container.clock.now() + TIMES.ttl.orderFacts;
  await container.store.put('vault', {
    ref,
    sealed: await container.cipher.seal(content),
    expires_at: expiresAt(container.clock.now(), TIMES.ttl.orderFacts),
  });
  return { ref, expiresAt: until };
}

/** Where the text of a comment lies: named by the comment, so that a retry writes the same again. */
const messageTextRef = (conversationId: string, commentId: string): string => `txt:${conversationId}:${commentId}`;

/** Stores what the verifier may read of a message, for an hour; redacted and truncated by who calls. */
export async function keepMessageText(
  container: Pick<Container<'cipher'>, 'store' | 'clock' | 'cipher'>,
  conversationId: string,
  commentId: string,
  text: Restricted<string>,
): Promise<void> {
  await container.store.put('vault', {
    ref: messageTextRef(conversationId, commentId),
    sealed: await container.cipher.seal(canonicalJson(reveal(text))),
    expires_at: expiresAt(container.clock.now(), TIMES.ttl.messageText),
  });
}

/** `null` when it has expired, was erased, or was never kept. */
export async function readMessageText(
  container: Pick<Container<'cipher'>, 'store' | 'cipher'>,
  conversationId: string,
  commentId: string,
): Promise<Restricted<string> | null> {
  const text = await readVault(container, messageTextRef(conversationId, commentId));
  return typeof text === 'string' ? restrict(text) : null;
}

/** `null` when they have expired, were used, or were erased. */
export async function readOrderFacts(
  container: Pick<Container<'cipher'>, 'store' | 'cipher'>,
  ref: string,
): Promise<Restricted<unknown> | null> {
  return restrictIfAny(await readVault(container, ref));
}

/** They were used, or never will be: what is needed no more is kept no longer (platform §4.1). */
export async function forgetOrderFacts(container: Pick<Container, 'store'>, ref: string): Promise<void> {
  await container.store.remove('vault', { ref });
}

async function readVault(container: Pick<Container<'cipher'>, 'store' | 'cipher'>, ref: string): Promise<unknown> {
  const item = await container.store.get('vault', { ref });
  return item ? (JSON.parse(await container.cipher.open(String(item.sealed))) as unknown) : null;
}

/** What of a message may leave the memory: for a model, for the vault (platform §4.3). */
import type { Config } from '../../../config/schema.ts';
import { type Redaction, redactText } from '../../../policy/text/redact/redact.ts';
import type { Base } from '../container.ts';
import { type Restricted, restrict, reveal } from '../restricted.ts';
import { TIMES } from '../times.ts';

export type RedactedMessage =
  | { readonly ok: true; readonly text: Restricted<string> }
  | Extract<Redaction, { readonly ok: false }>;

/** Redacts cleaned text; a failure is told in the log and counted, and what it was about is dropped. */
export function redactMessage(
  container: Pick<Base, 'clock' | 'log' | 'metrics'> & { readonly config: Pick<Config, 'hosts'> },
  text: Restricted<string>,
): RedactedMessage {
  const { clock } = container;
  const began = clock.monotonic();
  const carrierHosts = carrierHostsOf(container.config);
  const redaction = redactText(reveal(text), { carrierHosts }, () => clock.monotonic() - began > TIMES.redactWithinMs);
  if (!redaction.ok) {
    container.log('ERROR', 'system.redaction.failed', { error_code: `${redaction.detectorCode}_${redaction.cause}` });
    container.metrics.count('redaction.failed_total');
  }
  return redaction.ok ? { ok: true, text: restrict(redaction.text) } : redaction;
}

/** Hosts of carriers' tracking pages, of the shop's configuration. */
export function carrierHostsOf({ hosts }: Pick<Config, 'hosts'>): string[] {
  return hosts.carriers.flatMap((carrier) => carrier.hosts);
}

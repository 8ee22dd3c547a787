/** A reply that no rule of ours allows (platform §4.10, alarm S4): it was sent, and its own input says that automation was off. */
import * as v from 'valibot';
import type { AnyEvent } from '../../events/define-event.ts';

const Shut = v.union([
  v.object({ automation_enabled: v.literal(false) }),
  v.object({ outbound_enabled: v.literal(false) }),
  v.object({ safe_mode: v.literal(true) }),
  v.object({ shadow_mode: v.literal(true) }),
  v.object({ richpanel_read_only: v.literal(true) }),
]);
const Sent = v.object({ input: v.object({ flags: Shut }) });

export function isImpossible({ metadata, data }: AnyEvent): boolean {
  return metadata.eventName === 'ReplySent' && v.is(Sent, data);
}

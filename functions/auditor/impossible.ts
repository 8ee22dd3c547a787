/** Replies that no rule of ours allows, told from their own record (platform §4.10, §6.5: alarms S4 and S5). Pure. */
import * as v from 'valibot';
import type { AnyEvent } from '../../events/define-event.ts';

/** What is wrong with a reply that was sent: S4, and the two of S5. */
export type Impossible = 'automation_off' | 'tier0_reply' | 'tier2_without_match';

const Shut = v.union([
  v.object({ automation_enabled: v.literal(false) }),
  v.object({ outbound_enabled: v.literal(false) }),
  v.object({ safe_mode: v.literal(true) }),
  v.object({ shadow_mode: v.literal(true) }),
  v.object({ richpanel_read_only: v.literal(true) }),
]);
const SentAlthoughShut = v.object({ input: v.object({ flags: Shut }) });
const SentOfTier0 = v.object({ decision: v.object({ tier: v.literal(0) }) });
const SentWithoutMatch = v.object({
  tier: v.literal(2),
  input: v.object({
    order: v.union([v.null(), v.object({ deterministicMatch: v.picklist(['false', 'unknown']) })]),
  }),
});

/** None for whatever is no reply, and for one of an older release, which kept no input. */
export function impossibleOf({ metadata, data }: AnyEvent): readonly Impossible[] {
  if (metadata.eventName !== 'ReplySent') return [];
  const found: (Impossible | false)[] = [
    v.is(SentAlthoughShut, data) && 'automation_off',
    v.is(SentOfTier0, data) && 'tier0_reply',
    v.is(SentWithoutMatch, data) && 'tier2_without_match',
  ];
  return found.filter((one) => one !== false);
}

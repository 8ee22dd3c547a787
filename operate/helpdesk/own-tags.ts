/** Tags that Frontdesk puts on tickets and helpdesk views key on (platform Appendix C, replies §7.1). */
import { INTENTS, TEMPLATE_IDS } from '../../events/words.ts';
import { intentTag } from '../../policy/intents.ts';
import { DECISION_TAGS, ORDER_AND_REPLY_TAGS } from '../../policy/tag-words.ts';

const OF_EFFECTS = [
  'mw-auto-replied',
  'mw-reply-sent',
  'mw-send-failed',
  'mw-send-message-failed',
  'mw-send-message-author-missing',
  'mw-outbound-path-send-message',
  'mw-outbound-path-comment',
  'mw-order-status-auto-v1',
  'mw-order-status-answered',
  'mw-auto-skipped-duplicate',
  'mw-auto-skipped-resolved',
  'mw-auto-skipped-followup',
  'mw-auto-skipped-status-read-failed',
  'mw-error-needs-attention',
  'mw:auto_closed',
  'mw:deflected',
] as const;

/** Beside the eleven `route-*` tags, which assignment rules need. */
export const CONTROL_TAGS: readonly string[] = [
  ...DECISION_TAGS,
  ...ORDER_AND_REPLY_TAGS,
  ...OF_EFFECTS,
  ...INTENTS.map(intentTag),
  ...TEMPLATE_IDS.map((id) => `mw-template-${id}`),
];

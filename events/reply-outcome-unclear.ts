import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { ApprovalId, Instant, LedgerKey, Seconds, TemplateId } from './fields.ts';

/** A claim to send has stood open too long: its sender is dead or hangs. */
export const ReplyOutcomeUnclear = defineEvent({
  name: 'ReplyOutcomeUnclear',
  version: '1.0',
  producers: ['sweeper'],
  pii: 'L2',
  says: 'A claim to send has stood open too long: its sender is dead or hangs.',
  data: {
    approvalId: ApprovalId,
    templateId: TemplateId,
    actionKey: LedgerKey,
    claimedAt: Instant,
    claimAgeSeconds: Seconds,
  },
  example: {
    approvalId: EXAMPLE.approvalId,
    templateId: 't_damaged_item_intake',
    actionKey: 'act:rp_reply:conv_1001:cmt_0042',
    claimedAt: EXAMPLE.instant,
    claimAgeSeconds: 121,
  },
});
export type ReplyOutcomeUnclear = EventOf<typeof ReplyOutcomeUnclear>;

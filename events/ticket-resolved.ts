import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { ApprovalId, BusinessDays, TagName, TemplateId } from './fields.ts';

/** The ticket was closed after the one reply that announces it, and read back as closed. */
export const TicketResolved = defineEvent({
  name: 'TicketResolved',
  version: '1.0',
  producers: ['responder-reply'],
  pii: 'L2',
  says: 'The ticket was closed after the one reply that announces it, and read back as closed.',
  data: {
    approvalId: ApprovalId,
    templateId: TemplateId,
    remainingMinBd: BusinessDays,
    remainingMaxBd: BusinessDays,
    tags: v.pipe(v.array(TagName), v.maxLength(6)),
  },
  example: {
    approvalId: EXAMPLE.approvalId,
    templateId: 't_order_eta_no_tracking_verified',
    remainingMinBd: 1,
    remainingMaxBd: 3,
    tags: ['mw:auto_closed', 'mw:deflected'],
  },
});
export type TicketResolved = EventOf<typeof TicketResolved>;

import * as v from 'valibot';
import { Candidate, OrderLabels } from './decision.ts';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { DecisionId, Digest, Instant, VaultRef } from './fields.ts';

/** Exactly one order belongs to this conversation; its facts lie in the vault under `contextRef`. */
export const OrderMatched = defineEvent({
  name: 'OrderMatched',
  version: '1.1',
  producers: ['order-lookup'],
  pii: 'L2',
  says: 'Exactly one order belongs to this conversation; its facts lie in the vault under `contextRef`.',
  data: {
    decisionId: DecisionId,
    candidate: Candidate,
    matchMethod: v.picklist(['linked', 'verified']),
    matchCount: v.literal(1),
    ...OrderLabels.entries,
    factsFetchedAt: Instant,
    orderRefHash: Digest,
    contextRef: VaultRef,
    contextExpiresAt: Instant,
  },
  example: {
    decisionId: EXAMPLE.decisionId,
    candidate: EXAMPLE.candidate,
    matchMethod: 'linked',
    matchCount: 1,
    ...EXAMPLE.orderLabels,
    factsFetchedAt: EXAMPLE.instant,
    orderRefHash: EXAMPLE.digest,
    contextRef: 'ord:conv_1001:cmt_0042:0123456789abcdef0123456789abcdef',
    contextExpiresAt: EXAMPLE.later,
  },
});
export type OrderMatched = EventOf<typeof OrderMatched>;

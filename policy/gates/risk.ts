/** G06 to G10 and G12: Tier 0, weak risk, unusable classification and topics outside the taxonomy. */
import type { FAILURES } from '../../events/decision.ts';
import type { ReasonCode } from '../../events/words.ts';
import { asksForPerson, isWeakRisk, modelFlags, screenFlags, secondPassFlags, topicFlags } from '../risk.ts';
import type { Gate } from './gate.ts';
import { NOT_APPLICABLE, objectIf, objection, PASS } from './gate.ts';

const HANDOFF: ReasonCode = 'tier0_always_handoff';

const REASON_OF_FAILURE: Readonly<Record<(typeof FAILURES)[number], ReasonCode>> = {
  timeout: 'vendor_error_fail_closed',
  rate_limited: 'vendor_error_fail_closed',
  server: 'vendor_error_fail_closed',
  network: 'vendor_error_fail_closed',
  permanent: 'vendor_error_fail_closed',
  invalid: 'schema_invalid_fail_closed',
  refusal: 'model_refusal',
  circuit_open: 'circuit_open',
};

const screen: Gate = { id: 'G06', judge: ({ input }) => objectIf(screenFlags(input).length > 0, HANDOFF) };

/** Nobody was asked although nothing spared the question: that is a failure too (I5). */
const modelValidity: Gate = {
  id: 'G07',
  judge({ input, isTier0 }) {
    const { failure, kind, rung, mayReply } = input.classifier;
    if (failure !== null) return objection([REASON_OF_FAILURE[failure]]);
    if (rung !== 'primary') return objection(['vendor_error_fail_closed']);
    if (kind === null) {
      const { attachmentOnly, empty } = input.message;
      const isSpared = isTier0 || attachmentOnly || empty || input.turn.newerCommentSeen;
      // An overtaken comment is still routed, so its classification is still owed.
      const isRouted = ['newest', 'overtaken'].includes(input.state.sequence);
      return isSpared || !isRouted ? NOT_APPLICABLE : objection(['vendor_error_fail_closed']);
    }
    return mayReply ? PASS : objection(['embedded_route_only']);
  },
};

const modelRisk: Gate = {
  id: 'G08',
  judge: ({ input, policy }) => objectIf(modelFlags(input, policy).length > 0, HANDOFF),
};

const weakRisk: Gate = {
  id: 'G09',
  judge: ({ input, policy }) => objectIf(isWeakRisk(input, policy) || asksForPerson(input), HANDOFF),
};

const specialTopics: Gate = {
  id: 'G10',
  judge({ input }) {
    const { privacyRequest, securityProbe } = input.message.topics;
    const codes: ReasonCode[] = [];
    if (topicFlags(input).length > 0) codes.push(HANDOFF);
    if (privacyRequest) codes.push('privacy_request');
    if (securityProbe) codes.push('security_sensitive');
    return objection(codes);
  },
};

const secondPass: Gate = {
  id: 'G12',
  judge({ input, policy }) {
    const isKnown = [screenFlags(input), modelFlags(input, policy), topicFlags(input), input.state.stickyFlags].some(
      (flags) => flags.length > 0,
    );
    return isKnown ? NOT_APPLICABLE : objectIf(secondPassFlags(input).length > 0, HANDOFF);
  },
};

export const RISK_GATES = [screen, modelValidity, modelRisk, weakRisk, specialTopics, secondPass] as const;

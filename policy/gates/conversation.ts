/** G01 to G05: is there anything of this conversation to answer at all? */
import type { Gate } from './gate.ts';
import { NOT_APPLICABLE, objectIf, objection, PASS } from './gate.ts';

const sequence: Gate = {
  id: 'G01',
  judge({ input }) {
    if (input.turn.newerCommentSeen || input.state.sequence === 'superseded') {
      return objection(['superseded_by_newer_message']);
    }
    return objectIf(!['newest', 'overtaken'].includes(input.state.sequence), 'stale_sequence');
  },
};

const ticketState: Gate = {
  id: 'G02',
  judge: ({ input }) => objectIf(!input.state.ticketOpen, 'ticket_closed'),
};

/** Also precondition P_LAST_CUSTOMER; an author who cannot be told counts as an operator. */
const author: Gate = {
  id: 'G03',
  judge({ input: { state } }) {
    if (state.lastAuthor !== 'customer' || state.agentHeld) return objection(['last_message_from_agent']);
    return objectIf(state.sequence === 'overtaken', 'superseded_by_newer_message');
  },
};

const stickyEscalation: Gate = {
  id: 'G04',
  judge: ({ input }) => objectIf(input.state.stickyFlags.length > 0, 'sticky_escalation'),
};

/** Also precondition P_TEXT. Empty text without a file says nothing, so its confidence is low (ruling 29). */
const usableText: Gate = {
  id: 'G05',
  judge({ input }) {
    if (input.message.attachmentOnly) return objection(['attachment_only']);
    return objectIf(input.message.empty, 'low_confidence');
  },
};

/** G24 (P_LOCALE): the detector must say English, and the model nothing else (ruling 9). */
const language: Gate = {
  id: 'G24',
  judge({ input }) {
    const { attachmentOnly, empty, language: spoken } = input.message;
    if (attachmentOnly || empty) return NOT_APPLICABLE;
    const isEnglish = spoken.detector === 'en' && (spoken.model === null || spoken.model === 'en');
    return isEnglish ? PASS : objection(['language_unsupported']);
  },
};

export const CONVERSATION_GATES = [sequence, ticketState, author, stickyEscalation, usableText, language] as const;

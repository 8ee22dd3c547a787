/** Messages and words of agents for tests: plain ones, with what a test is about laid over them. */
import { feedbackOf } from '../../events/feedback.ts';
import type { Message, Said } from './message.ts';

export const END = Date.parse('2026-02-08T00:00:00.000Z');
export const DAY_MS = 86_400_000;
export const WEEK = { from: END - 7 * DAY_MS, to: END } as const;

let made = 0;
export function message(about: Partial<Message> = {}): Message {
  made += 1;
  return {
    conversationId: `conv_${made}`,
    messageKey: `cmt_${made}`,
    at: END - DAY_MS,
    channel: 'email',
    intent: 'order_status_tracking',
    tier: 1,
    team: 'Email Support Team',
    confidence: 0.8,
    margin: 0.5,
    tierCandidate: 1,
    reasonCode: null,
    language: 'en',
    hasOneOrder: null,
    isRouted: true,
    templateId: null,
    isUnread: false,
    isInvalid: false,
    ...about,
  };
}

/** So many alike; the second argument says in which one each is different. */
export const many = (n: number, about: Partial<Message> | ((at: number) => Partial<Message>) = {}): Message[] =>
  Array.from({ length: n }, (_, at) => message(typeof about === 'function' ? about(at) : about));

export function says(tag: string, about: Message, at = about.at + 60_000): Said {
  const feedback = feedbackOf(tag);
  if (feedback === null) throw new Error(`${tag} is no feedback`);
  return { conversationId: about.conversationId, at, feedback, about };
}

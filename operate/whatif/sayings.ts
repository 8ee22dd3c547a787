/** What each setting of a policy is called, and what it does, in the words of a support team. */
import { FLAGS } from '../../events/flags.ts';
import type { Terms } from './terms.ts';

export type Saying = { readonly name: string; readonly says: string };

type Numbers = Exclude<keyof Terms['thresholds'], 'version' | 'fittedOn' | 'tier1Of'>;

const THRESHOLDS: Readonly<Record<Numbers, readonly [name: string, says: string]>> = {
  route: ['Route to the intent’s team', 'From this confidence on the intent’s own team gets the ticket.'],
  triage: ['Manual triage below', 'Below this nobody can be named, and a person sorts the ticket.'],
  margin: ['Distance to the second-best intent', 'So far ahead the best intent has to be before anything is answered.'],
  tier1: ['Tier 1 reply', 'From this confidence on a safe question or acknowledgement may be sent.'],
  tier2: ['Tier 2 reply', 'From this confidence on order facts may be told.'],
  verifier: ['Second opinion', 'So sure the verifier has to be that an order answer fits.'],
  automation: ['Automation as a whole', 'The smaller of route and second opinion has to reach this for Tier 2.'],
  tier0: ['Tier 0 intent present', 'A dispute, threat or fraud intent scored so high goes to people.'],
  tier0Weak: ['Tier 0 intent suspected', 'From here on such an intent counts as a weak sign.'],
  candidate: ['Intent counts at all', 'From here on a scored intent joins those that are weighed.'],
  clear: ['Intent clearly asked for', 'Above this an intent counts as a wish of its own.'],
  dropUnknown: ['“Other” drops out', 'When another intent reaches this, “unknown” is left out.'],
  bareUnsubscribe: ['A bare “unsubscribe”', 'Never counts for more than this as a plan cancellation.'],
  penalty: ['Penalty', 'Taken off the confidence for a small distance, few words, several wishes.'],
  fewWords: ['Few words below', 'A message with fewer words takes the penalty.'],
  bareWords: ['Bare words up to', 'So few words name a topic and ask nothing: never Tier 2.'],
  keywordRung: ['Keyword fallback', 'Confidence of a route that keywords alone decide.'],
};

const LIMITS: Readonly<Record<keyof Terms['replyLimits'] | keyof Terms['replyAges'] | keyof Terms['limits'], string>> =
  {
    cooldownMs: 'Pause between two replies',
    windowMs: 'Window of the caps',
    perConversation: 'Replies per conversation in the window',
    perCustomer: 'Replies per customer in the window',
    livechatMs: 'Oldest chat message that is answered',
    otherMs: 'Oldest message elsewhere that is answered',
    tier2Ms: 'Oldest message that gets order facts',
    minutesBetweenReplies: 'The shop’s own pause, minutes',
    perConversationDay: 'The shop’s own cap per conversation and day',
    perCustomerDay: 'The shop’s own cap per customer and day',
  };

/** Read with a decision under another name than the flag has. */
const RENAMED: Readonly<Partial<Record<keyof Terms['flags'], readonly [name: string, says: string]>>> = {
  writes_acknowledged: ['Writes acknowledged', FLAGS.prod_writes_ack.meaning],
  channels: ['Channels that get replies', FLAGS.automation_enabled_channels.meaning],
  recipient_allowed: ['Recipient on the allow-list', FLAGS.outbound_allowlist.meaning],
  bot_identity_present: ['Sending seat known', 'Without a seat of its own nothing is sent.'],
  holiday_calendar: ['Holiday calendar', 'Which days a parcel does not travel.'],
  templates_enabled: ['Templates switched on', 'Which templates may be sent.'],
};

const LISTS: Readonly<Record<string, readonly [name: string, says: string]>> = {
  replyChannels: ['Channels that can be answered', 'No other channel is ever answered, whatever a switch says.'],
  autoCloseAllowed: ['Templates that resolve the ticket', 'Their text announces that the ticket is closed.'],
};

const OF_INTENT: Readonly<Record<string, readonly [name: string, says: string]>> = {
  highestTier: ['highest tier', 'What may be sent at most: nothing, 1 a safe reply, 2 order facts.'],
  team: ['team', 'Who gets the ticket.'],
  templates: ['templates', 'What may be sent, by tier.'],
};

/** @param path  of the key, as the file nests it */
export function sayingOf(path: readonly string[]): Saying {
  const [section = '', second = '', third = '', fourth = ''] = path;
  const [name, says] = wordsOf(section, second, third, fourth);
  return { name, says };
}

function wordsOf(section: string, second: string, third: string, fourth: string): readonly [string, string] {
  if (section === 'thresholds' && second === 'tier1Of')
    return [`Tier 1 reply: ${spoken(third)}`, 'A stricter value for this intent; empty: as for all.'];
  if (section === 'thresholds' && second === 'fittedOn')
    return [`Fitted on ${third}: ${fourth}`, 'Under another version nothing is answered.'];
  if (section === 'intents') {
    const [what, says] = OF_INTENT[third] ?? [third, ''];
    return [`${spoken(second)}: ${fourth === '' ? what : `${what} of ${spoken(fourth)}`}`, says];
  }
  if (section === 'flags') {
    const flag = second in FLAGS ? FLAGS[second as keyof typeof FLAGS].meaning : '';
    return RENAMED[second as keyof Terms['flags']] ?? [capital(spoken(second)), flag];
  }
  const found = THRESHOLDS[second as Numbers] ?? LISTS[section];
  if (found !== undefined) return found;
  const limit = LIMITS[second as keyof typeof LIMITS];
  if (limit === undefined) throw new Error(`${section}.${second}: nobody says what it is called`);
  return [limit, section === 'limits' ? 'Only ever stricter than the shipped one.' : ''];
}

const spoken = (code: string): string => code.replaceAll('_', ' ').replace(/^tier(\d)$/, 'tier $1');
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

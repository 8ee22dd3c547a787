/** Which team gets the ticket, and which substitutes stand in (decisions §1.1, §1.4, §5.2, §6.6). */
import type { Candidate, Decision } from '../events/decision.ts';
import type { Channel, Intent, RiskFlag, RouteTag, Team } from '../events/words.ts';
import { ROUTE_TAG_OF_TEAM } from '../events/words.ts';
import { INTENT_CATALOGUE, TEAM_FALLBACK, TIER0_TIE_ORDER } from './intents.ts';
import type { Outcome } from './outcome.ts';
import { isFollowUp } from './pending-flow.ts';
import type { Policy } from './policy.ts';
import { intentOfFlag } from './risk.ts';
import type { DecisionTag } from './tag-words.ts';

const DEFAULT_QUEUE: Team = 'Email Support Team';
export const ESCALATIONS: Team = 'Leadership Team';
const CHAT: Team = 'LiveChat Support';

/** Specialists win over the channel, also where the helpdesk has put a chat with its own team (replies §4.2). */
export const SPECIALISTS: ReadonlySet<Team> = new Set<Team>([
  'Returns Admin',
  'Technical Support Team',
  'Chargebacks / Disputes Team',
  'Leadership Team',
]);

export const TEAM_OF_CHANNEL: Readonly<Partial<Record<Channel, Team>>> = {
  tiktok: 'TikTok Support',
  social: 'Social Media Team',
  phone: 'Phone Support Team',
};

/** Intents that name no issue, so that the channel decides (M8). */
export const RESIDUAL_INTENTS: readonly Intent[] = [
  'unknown_other',
  'tiktok_support_request',
  'social_media_support_request',
];

export type Route = {
  readonly team: Team | null;
  /** `null` also where the helpdesk has assigned a fitting team already: nothing is to be changed. */
  readonly routeTag: RouteTag | null;
  /** Names the team that is missing in the helpdesk. */
  readonly staffingTag: DecisionTag | null;
};

/** The channel's default queue. */
export function channelDefault(channel: Channel, assignedTeam: Team | null): Team {
  if (channel === 'livechat' && assignedTeam === CHAT) return CHAT;
  return TEAM_OF_CHANNEL[channel] ?? DEFAULT_QUEUE;
}

/** The route of a decision, with the team that stands in for a missing one. */
export function routeFor(outcome: Outcome): Route {
  const wanted = wantedTeam(outcome);
  if (wanted === null) return { team: null, routeTag: null, staffingTag: null };
  const { input, primary } = outcome.judgement.situation;
  const { team, staffingTag } = substituted(wanted, input.setup.teamsAvailable);
  const assigned = input.state.assignedTeam;
  const isGeneral = !outcome.isTier0 && INTENT_CATALOGUE[primary].priority >= 4 && !SPECIALISTS.has(wanted);
  const isSettled = assigned === team || (assigned === CHAT && isGeneral);
  if (isSettled && assigned !== null) return { team: assigned, routeTag: null, staffingTag };
  return { team, routeTag: ROUTE_TAG_OF_TEAM[team], staffingTag };
}

/** The team, or the one that stands in for it where the helpdesk lacks it (decisions §1.1). */
export function substituted(team: Team, available: readonly Team[]): Pick<Route, 'staffingTag'> & { team: Team } {
  const fallback = TEAM_FALLBACK[team];
  // Without its two own queues Frontdesk must not run at all, so the name stays as it is.
  if (available.includes(team) || fallback === 'release_blocked') return { team, staffingTag: null };
  return { team: fallback.team, staffingTag: fallback.tag };
}

function wantedTeam(outcome: Outcome): Team | null {
  const { row, objectors, judgement } = outcome;
  const { input, policy, primary, orderPlan } = judgement.situation;
  if (row === 'D1') return escalationTeam(outcome);
  if (row === 'D2') return null;
  if (outcome.isPrivacy) return ESCALATIONS;
  if (objectors.includes('G02')) return DEFAULT_QUEUE;
  // What our own reply overtook is routed; what a colleague has in hand is left alone (protocols §3).
  const isInHand = input.state.agentHeld || input.state.lastAuthor === 'agent';
  if (objectors.includes('G03') && isInHand) return null;
  if (isFollowUp(outcome.judgement.situation)) return followUpTeam(outcome);
  if (isUnrouted(outcome) || RESIDUAL_INTENTS.includes(primary))
    return channelDefault(input.message.channel, input.state.assignedTeam);
  // An order in a bad state goes to the team that the order's own plan names (replies §2.4).
  return orderPlan?.department ?? policy.intents[primary].team;
}

/** A follow-up goes to Email Support, unless a specialist is decided or has asked for it already (replies §4.3). */
function followUpTeam(outcome: Outcome): Team {
  const { input, policy, primary } = outcome.judgement.situation;
  const asked = input.state.pendingFlow?.intent;
  const decided = isUnrouted(outcome) ? [] : [policy.intents[primary].team];
  const candidates = [...decided, ...(asked === undefined ? [] : [policy.intents[asked].team])];
  return candidates.find((team) => SPECIALISTS.has(team)) ?? DEFAULT_QUEUE;
}

/** Is the intent too uncertain for its own team? D3 keeps the intent's team at any score, but for a security probe. */
function isUnrouted({ row, judgement: { situation } }: Outcome): boolean {
  if (row === 'D5') return true;
  const { certainty, input, policy } = situation;
  // Who asks for the prompt often asks for nothing else: an unsure intent is no other intent (decisions §6.4).
  const isUnsureKept = row === 'D4' || (row === 'D3' && input.message.topics.securityProbe);
  return isUnsureKept && (certainty.routing === null || certainty.routing < policy.thresholds.route);
}

/** The conversation's own escalation team stays; else the most urgent family decides, and Leadership where none is named. */
function escalationTeam({ judgement, riskFlags }: Outcome): Team {
  const { input, policy, primary, turnFlags } = judgement.situation;
  const { stickyTeam, stickyFlags } = input.state;
  if (stickyFlags.length > 0 && stickyTeam !== null) return stickyTeam;
  if (INTENT_CATALOGUE[primary].priority === 0) return policy.intents[primary].team;
  return teamOfFlags(turnFlags, policy) ?? teamOfFlags(riskFlags, policy) ?? ESCALATIONS;
}

function teamOfFlags(flags: readonly RiskFlag[], { intents }: Policy): Team | null {
  const named = new Set(flags.map(intentOfFlag));
  const intent = TIER0_TIE_ORDER.find((candidate) => named.has(candidate));
  return intent === undefined ? null : intents[intent].team;
}

/** The route as the candidate carries it; `null` when the message gets none of its own. */
export function routeOf(decision: Decision): Candidate['route'] | null {
  const { team, routeTag, tags, rank, routeWhen } = decision;
  if (team === null) return null;
  return { department: team, routeTag: routeTag ?? ROUTE_TAG_OF_TEAM[team], tags: [...tags], rank, when: routeWhen };
}

/**
 * The route that waits for the reply's outcome, as the order's facts have it: a parcel that came back belongs to Returns
 * (replies §2.4). One that was written at once stays: the register takes no second route of one decision (protocols §8).
 */
export function routeByFacts(route: Candidate['route'], { team, routeTag, tags }: Decision): Candidate['route'] {
  if (route.when !== 'afterReply' || team === null || team === route.department) return route;
  const moved = routeTag ?? ROUTE_TAG_OF_TEAM[team];
  const intents = tags.filter((tag) => tag.startsWith('mw-intent-'));
  const isReplaced = (tag: string) => tag.startsWith('mw-intent-') && intents.length > 0;
  const kept = route.tags.filter((tag) => !isReplaced(tag)).map((tag) => (tag === route.routeTag ? moved : tag));
  return { ...route, department: team, routeTag: moved, tags: [...new Set([...kept, ...intents])] };
}

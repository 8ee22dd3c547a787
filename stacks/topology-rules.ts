/** From what a function says it hears to EventBridge rules: the live one, and a twin for each purpose of replay (architecture §3). */
import { CATALOGUE } from '../events/catalogue.ts';
import type { ReplayPurpose } from '../events/words.ts';
import { rules as auditor } from '../functions/auditor/rules.ts';
import { rules as classify } from '../functions/classify/rules.ts';
import { rules as flagWatcher } from '../functions/flag-watcher/rules.ts';
import { rules as orderLookup } from '../functions/order-lookup/rules.ts';
import { rules as responderReply } from '../functions/responder/reply/rules.ts';
import { rules as responderRoute } from '../functions/responder/route/rules.ts';
import { rules as responderSettle } from '../functions/responder/settle/rules.ts';
import type { Hears, RuleDeclaration } from '../functions/shared/rules.ts';
import { rules as verify } from '../functions/verify/rules.ts';
import { CONSUMER_PARTS } from './consumers.ts';
import type { EventPattern, RuleSpec } from './topology-types.ts';

/** Every subscription there is, as its consumer declared it. */
export const DECLARATIONS: readonly RuleDeclaration[] = [
  ...classify,
  ...orderLookup,
  ...verify,
  ...responderRoute,
  ...responderReply,
  ...responderSettle,
  ...auditor,
  ...flagWatcher,
  ...Object.values(CONSUMER_PARTS).flatMap(({ rules }) => rules),
];

/** Everything of ours, whoever stated it. */
export const OURS: EventPattern = { source: [{ prefix: 'frontdesk.' }] };

/** Replay names are `<purpose>-<ulid>`, so a prefix tells the purpose. */
const acceptance = (purpose: ReplayPurpose | null) =>
  purpose === null ? [{ exists: false }] : [{ prefix: `${purpose}-` }];

/** The live rule of a declaration and its twins. */
export function rulesOf(declaration: RuleDeclaration): RuleSpec[] {
  const { name, target, retry, replay, bus = 'frontdesk' } = declaration;
  if (replay.length > 1) throw new Error(`${name}: one twin for one purpose; "${name}-replay" is its name`);
  const purposes: readonly (ReplayPurpose | null)[] = [null, ...replay];
  return purposes.map((purpose) => ({
    name: purpose === null ? name : `${name}-replay`,
    target,
    pattern: { ...heard(declaration), 'replay-name': acceptance(purpose) },
    replayPurpose: purpose,
    bus,
    retry,
  }));
}

/**
 * Where nobody has looked yet at what consumers keep, their live rules are made but switched off: a backfill through the twin, a
 * look, then an operator switches them on (platform §6.8, §11.5).
 */
export function isBornEnabled(
  { target, replayPurpose }: Pick<RuleSpec, 'target' | 'replayPurpose'>,
  { isAnalysed }: { readonly isAnalysed: boolean },
): boolean {
  return isAnalysed || replayPurpose !== null || !Object.hasOwn(CONSUMER_PARTS, target);
}

function heard({ name, hears, pattern }: RuleDeclaration): EventPattern {
  if (pattern !== undefined) return pattern;
  if (hears === 'everything') return OURS;
  const branches = grouped(hears).map(branch);
  const [only, ...more] = branches;
  if (only === undefined) throw new Error(`${name} hears nothing`);
  return more.length === 0 ? only : { $or: branches };
}

/** Events without filter and with the same producers share a branch; any other is a branch of its own. */
function grouped(hears: readonly Hears[]): Hears[][] {
  const groups = new Map<string, Hears[]>();
  for (const heard of hears) {
    const isFiltered = heard.data !== undefined || heard.metadata !== undefined;
    const key = isFiltered ? JSON.stringify(heard) : JSON.stringify(CATALOGUE[heard.event].producers);
    groups.set(key, [...(groups.get(key) ?? []), heard]);
  }
  return [...groups.values()];
}

function branch(group: readonly Hears[]): EventPattern {
  const [first] = group;
  if (first === undefined) throw new Error('an empty group');
  const { data, metadata } = first;
  const detail = { ...(metadata && { metadata }), ...(data && { data }) };
  return {
    source: CATALOGUE[first.event].producers.map((producer) => `frontdesk.${producer}`),
    'detail-type': group.map(({ event }) => event),
    ...(Object.keys(detail).length > 0 && { detail }),
  };
}

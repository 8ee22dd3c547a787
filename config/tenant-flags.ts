/** Which flags the workspace's answers hold back (replies §8, last column). Pure. */
import type { TenantAnswers, TenantItem } from './tenant.ts';

/** @property part  one channel or field of the item; left out where the whole answer counts */
type Need = { readonly item: TenantItem; readonly anyPart?: readonly string[] };
export type Held = {
  readonly flag: string;
  readonly item: TenantItem;
  /** What stands in the parameter instead. */
  readonly value: string;
  readonly says: string;
};

/** A flag may be `true` only when every need is met. */
const NEEDS: Readonly<Record<string, readonly Need[]>> = {
  automation_enabled: [{ item: 'V14' }],
  outbound_enabled: [{ item: 'V14' }],
  tier2_enabled: [{ item: 'V6' }, { item: 'V7', anyPart: ['tracking', 'shippingMethod'] }],
  'template_enabled/t_order_status_verified': [{ item: 'V7', anyPart: ['tracking'] }],
  'template_enabled/t_shipping_delay_verified': [{ item: 'V7', anyPart: ['tracking'] }],
  'template_enabled/t_order_eta_no_tracking_verified': [{ item: 'V7', anyPart: ['shippingMethod'] }, { item: 'V8' }],
  auto_close_enabled: [{ item: 'V8' }],
  order_match_verified_enabled: [{ item: 'V13' }],
  agent_note_enabled: [{ item: 'V15' }],
};
const CHANNELS = 'automation_enabled_channels';
/** Stands for an empty list: Parameter Store keeps no empty values, and no channel is called so. */
const NO_ENTRY = 'none';

const WHY: Partial<Readonly<Record<TenantItem, string>>> = {
  V6: 'the linked orders are not proven to be the right ones',
  V7: 'tracking and shipping method are not proven to be filled',
  V8: 'it is not proven that a closed ticket reopens when the customer replies',
  V9: 'it is not proven that customers see a reply there',
  V13: 'orders are not proven to carry an address to compare',
  V14: 'agent, bot and customer are not proven to be told apart',
  V15: 'a private comment is not proven to stay private',
};

/** What a parameter may hold at most; `null` where nothing holds it back. */
export function heldBack(flag: string, wanted: string, answers: TenantAnswers): Held | null {
  if (flag === CHANNELS) return heldChannels(wanted, answers);
  if (wanted !== 'true') return null;
  const missing = NEEDS[flag]?.find((need) => !isMet(need, answers));
  return missing === undefined ? null : held(flag, missing.item, 'false');
}

/** The flags that answers can hold back, for a start to look at. */
export const HELD_FLAGS: readonly string[] = [...Object.keys(NEEDS), CHANNELS];

export function isYes(answers: TenantAnswers, item: TenantItem): boolean {
  return answers[item].answer === 'yes';
}

function isMet({ item, anyPart }: Need, answers: TenantAnswers): boolean {
  if (isYes(answers, item)) return true;
  return anyPart?.some((part) => answers[item].parts?.[part] === 'yes') ?? false;
}

function heldChannels(wanted: string, answers: TenantAnswers): Held | null {
  const channels = wanted.split(',').filter((channel) => channel !== '' && channel !== NO_ENTRY);
  const proven = channels.filter((channel) => isMet({ item: 'V9', anyPart: [channel] }, answers));
  return proven.length === channels.length
    ? null
    : held(CHANNELS, 'V9', proven.length === 0 ? NO_ENTRY : proven.join(','));
}

function held(flag: string, item: TenantItem, value: string): Held {
  return { flag, item, value, says: `${flag} stays ${value}: ${WHY[item]} (${item})` };
}

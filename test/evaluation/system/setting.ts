/**
 * What stands around every evaluated message (interfaces §4): a fresh conversation, an open ticket, all flags as
 * `--mode auto` sets them, the shipped templates and a configuration. One fixed instant, so that a run is the same on any day.
 */
import type { LoadedConfig } from '../../../config/load.ts';
import type { Config } from '../../../config/schema.ts';
import type { DecisionInput, OrderInput } from '../../../events/decision.ts';
import { EXAMPLE } from '../../../events/examples.ts';
import type { Channel } from '../../../events/words.ts';
import { flagsInput } from '../../../functions/shared/decision-inputs.ts';
import { flagsFrom } from '../../../functions/shared/flags/flags.ts';
import { memoryParameters } from '../../../functions/shared/parameters/memory.ts';
import { shopOf } from '../../../functions/shared/shop.ts';
import { memoryTelemetry } from '../../../functions/shared/telemetry/memory.ts';
import { templatesVersion } from '../../../functions/shared/template-version.ts';
import { orderInputOf } from '../../../functions/verify/order-input.ts';
import { flagsOfMode } from '../../../local/platform/modes.ts';
import { type Matched, matchOrder } from '../../../policy/orders/link.ts';
import { normaliseOrder } from '../../../policy/orders/normalise.ts';
import { TIER0_RULES_VERSION } from '../../../policy/text/screen-rules.ts';
import { POLICY_VERSION, ROUTING_VERSION, TAXONOMY_VERSION, THRESHOLDS_VERSION } from '../../../policy/versions.ts';
import { LIBRARY } from '../../../templates/generated/library.ts';
import { automaticTemplates } from '../../../templates/library.ts';

/** A Thursday noon in the shop's zone. */
export const NOW = '2026-01-15T17:00:00.000Z';

/** Shipped three days before, under way, with tracking: the order of interfaces §4. */
const LINKED_ORDER = {
  orderId: '1043',
  orderName: '#1043',
  appClientId: 'evaluation-store',
  status: 'processing',
  fulfillmentStatus: 'fulfilled',
  shippingMethod: 'Standard',
  createdAt: Date.parse('2026-01-12T15:00:00.000Z'),
  items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
  fulfillment: [{ id: 'f-1', status: 'in_transit', tracking: [{ trackingNumber: '1Z999AA10123456784' }] }],
};

export type Setting = {
  readonly config: Config;
  readonly flags: DecisionInput['flags'];
  setup(channel: Channel): DecisionInput['setup'];
  readonly versions: Omit<DecisionInput['versions'], 'classifier' | 'calibration'>;
  /** The one linked order, or the answer that nothing is linked. */
  order(isLinked: boolean): OrderInput;
};

export async function settingOf({ config, version }: LoadedConfig): Promise<Setting> {
  const parameters = memoryParameters(
    new Map(Object.entries({ ...flagsOfMode('auto'), reply_epoch: '2026-01-01T00:00:00.000Z' })),
  );
  const telemetry = memoryTelemetry('classify');
  const flags = await flagsFrom(parameters, { monotonic: () => 0 }, telemetry, {
    cacheMs: 0,
    writesPhrase: null,
  }).read();
  const linked = linkedOrder(shopOf(config, flags));
  const unlinked = orderInputOf(
    orderFact('OrderNotMatched', { reason: 'unlinked', missingFields: [], reasonCodes: [] }),
  );
  if (unlinked === null) throw new Error('an order that is not linked has an input');
  return {
    config,
    flags: flagsInput(flags, config, { recipientAllowed: true, botIdentityPresent: true }),
    setup: (channel) => ({
      teamsAvailable: [...config.teams.available],
      templatesAvailable: automaticTemplates(LIBRARY, channel),
      reopenProven: true,
      stage: 'local',
      limits: {
        minutesBetweenReplies: config.limits.minutes_between_replies,
        perConversationDay: config.limits.replies_per_conversation_per_day,
        perCustomerDay: config.limits.replies_per_customer_per_day,
      },
    }),
    versions: {
      taxonomy: TAXONOMY_VERSION,
      policy: POLICY_VERSION,
      thresholds: THRESHOLDS_VERSION,
      screenRules: TIER0_RULES_VERSION,
      templates: templatesVersion(LIBRARY),
      routing: ROUTING_VERSION,
      config: version,
    },
    order: (isLinked) => (isLinked ? linked : unlinked),
  };
}

/** Normalised, matched and labelled as `order-lookup` does, stated and read as `verify` reads it. */
function linkedOrder(shop: ReturnType<typeof shopOf>): OrderInput {
  const order = normaliseOrder(LINKED_ORDER, {
    fetchedAt: NOW,
    links: shop.links,
    preorderProducts: shop.preorderProducts,
  });
  const match = matchOrder({
    linkage: { kind: 'linked', order, hasConflict: false },
    namesAnotherOrder: false,
    contactDiffers: false,
    ticket: { conversationId: 'evaluation', customerId: null },
    asOf: NOW,
    transit: shop.transit,
    days: shop.days,
  });
  if (match.kind !== 'matched') throw new Error(`the order of the evaluation is not matched: ${match.reasonCodes}`);
  const input = orderInputOf(orderFact('OrderMatched', matchedData(match)));
  if (input === null) throw new Error('a matched order has an input');
  return input;
}

const matchedData = (match: Matched) => ({
  matchMethod: 'linked',
  matchCount: 1,
  ...match.labels,
  factsFetchedAt: match.facts.fetchedAt,
  contextExpiresAt: null,
});

function orderFact(eventName: string, data: object): Parameters<typeof orderInputOf>[0] {
  const fact = { metadata: { eventName }, data: { candidate: EXAMPLE.candidate, ...data } };
  return fact as unknown as Parameters<typeof orderInputOf>[0];
}

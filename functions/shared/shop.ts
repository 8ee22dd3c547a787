/** What a shop adapts, in the words that judging and rendering use; runtime flags override calendar and transit map. */
import {
  allowedHostsOf,
  dayCountOf,
  linkPolicyOf,
  preorderProductsOf,
  transitMapOf,
} from '../../config/policy-inputs.ts';
import type { Config } from '../../config/schema.ts';
import type { DayCount } from '../../policy/orders/estimate.ts';
import type { PreorderProduct } from '../../policy/orders/preorder.ts';
import type { LinkPolicy } from '../../policy/orders/tracking-links.ts';
import { applyTransitOverride, type TransitMap } from '../../policy/orders/transit.ts';
import type { Brand } from '../../templates/render.ts';
import type { FlagSnapshot } from './flags/flags.ts';

export type Shop = {
  readonly links: LinkPolicy;
  readonly transit: TransitMap;
  readonly days: DayCount;
  readonly preorderProducts: readonly PreorderProduct[];
  readonly brand: Brand;
};

export function shopOf(config: Config, flags: FlagSnapshot): Shop {
  const { map } = applyTransitOverride(flags.transitMap, transitMapOf(config));
  const links = linkPolicyOf(config);
  const days = dayCountOf(config);
  return {
    links,
    transit: map,
    days: flags.values.holiday_calendar === 'none' ? days : { ...days, calendar: flags.values.holiday_calendar },
    preorderProducts: preorderProductsOf(config),
    brand: brandOf(config, links, map),
  };
}

/** What a rendered reply may say about the shop and link to. */
export function brandOf(config: Config, links = linkPolicyOf(config), map = transitMapOf(config)): Brand {
  return {
    ...config.brand,
    hosts: [...allowedHostsOf(config)],
    carriers: links.carriers.map(({ label }) => label),
    shippingBuckets: [...new Set(map.map(({ label }) => label))],
  };
}

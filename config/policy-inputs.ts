/** The configuration in the words of `policy/orders`. */
import type { DayCount } from '../policy/orders/estimate.ts';
import type { PreorderProduct } from '../policy/orders/preorder.ts';
import type { LinkPolicy } from '../policy/orders/tracking-links.ts';
import type { TransitMap } from '../policy/orders/transit.ts';
import type { Config } from './schema.ts';

export function dayCountOf({ business }: Config): DayCount {
  return { zone: business.zone, calendar: business.holiday_calendar };
}

export function transitMapOf({ transit_map }: Config): TransitMap {
  return Object.entries(transit_map).map(([key, entry]) => ({ key, ...entry }));
}

export function linkPolicyOf({ hosts }: Config): LinkPolicy {
  return {
    carriers: hosts.carriers.map((carrier) => ({
      label: carrier.label,
      aliases: carrier.aliases,
      numberShape: carrier.number_shape,
      hosts: carrier.hosts,
      queryKeys: carrier.query_keys,
      trackingPage: carrier.tracking_page,
    })),
    shopHosts: hosts.shop.map(({ host, query_keys }) => ({ host, queryKeys: query_keys })),
  };
}

export function preorderProductsOf({ preorder_products }: Config): readonly PreorderProduct[] {
  return preorder_products.map(({ product, eta_business_days, ship_by_date }) => ({
    product,
    ...(eta_business_days !== undefined && { etaBusinessDays: eta_business_days }),
    ...(ship_by_date !== undefined && { shipByDate: ship_by_date }),
  }));
}

/** Every host that a rendered reply may link to (replies §1.6, final scan). */
export function allowedHostsOf({ hosts }: Config): readonly string[] {
  return [...hosts.shop.map(({ host }) => host), ...hosts.carriers.flatMap((carrier) => carrier.hosts)];
}

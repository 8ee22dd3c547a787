/** Rules between keys, which a schema of single values cannot hold. */
import type { Advice, Path } from './issues.ts';
import type { Config } from './schema.ts';

const LINKS = [
  'help_center_url',
  'returns_policy_url',
  'shipping_policy_url',
  'warranty_policy_url',
  'privacy_policy_url',
  'order_status_portal_url',
] as const;

/** Every rule that a well-formed configuration breaks. */
export function crossCheck(config: Config): readonly (Advice & { path: Path })[] {
  return [
    ...linkHosts(config),
    ...carrierPages(config),
    ...ownedHosts(config),
    ...modelPrices(config),
    ...modelParameters(config),
  ];
}

/** A reply that shows a link to an unlisted host would be refused by the final scan (replies §1.6). */
function linkHosts({ brand, hosts }: Config) {
  const listed = hosts.shop.map(({ host }) => host);
  return LINKS.filter((name) => brand[name] !== '' && !listed.includes(new URL(brand[name]).hostname)).map((name) => ({
    path: ['brand', name],
    problem: 'the host of this link is not listed',
    cure: 'add it under hosts.shop',
  }));
}

function carrierPages({ hosts }: Config) {
  return hosts.carriers.flatMap((carrier, index) => {
    const page = new URL(carrier.tracking_page.replace('{number}', '1'));
    const isOwn = carrier.hosts.includes(page.hostname);
    const isDeclared = [...page.searchParams.keys()].every((key) => carrier.query_keys.includes(key));
    if (isOwn && isDeclared) return [];
    const cure = isOwn ? 'declare its query keys in query_keys' : 'use one of the hosts of this carrier';
    return [{ path: ['hosts', 'carriers', index, 'tracking_page'], problem: 'this page would be refused', cure }];
  });
}

/** Two rows for one host or one name would make the outcome depend on their order. */
function ownedHosts({ hosts }: Config) {
  const seen = new Set<string>();
  const twice = (mark: string) => seen.has(mark) || !seen.add(mark);
  const shop = hosts.shop.flatMap(({ host }, index) => (twice(host) ? [['hosts', 'shop', index]] : []));
  const carriers = hosts.carriers.flatMap(({ label, aliases, hosts: own }, index) => {
    const names = new Set([label.toLowerCase(), ...aliases]);
    const marks = [...own, ...[...names].map((name) => `name ${name}`)];
    return marks.filter(twice).length > 0 ? [['hosts', 'carriers', index]] : [];
  });
  return [...shop, ...carriers].map((path) => ({
    path,
    problem: 'a host or name of this row stands in another row too',
    cure: 'keep it in one row',
  }));
}

function modelPrices({ models, prices }: Config) {
  return (['classify', 'verify'] as const)
    .filter((use) => !Object.hasOwn(prices.models, models[use]))
    .map((use) => ({ path: ['models', use], problem: 'this model has no price', cure: 'add it under prices.models' }));
}

function modelParameters({ models }: Config) {
  return (['classify', 'verify'] as const)
    .filter((use) => !Object.hasOwn(models.parameters, models[use]))
    .map((use) => ({
      path: ['models', use],
      problem: 'nobody said what this model accepts',
      cure: 'add it under models.parameters',
    }));
}

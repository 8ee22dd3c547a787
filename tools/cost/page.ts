/** docs/cost.md: its words, and between them the tables that are made from what was counted. Pure. */
import { type Counts, EXTRAS, MESSAGE_PATHS, type MessagePath, RUNS } from '../../config/cost/counts.ts';
import { METERS, type Prices } from '../../config/cost/prices.ts';
import { KINDS } from '../../operate/cost/bill.ts';
import { messagesIn, type Terms, thousandOf, thousandOfMix, thousandTimes } from '../../operate/cost/estimate.ts';
import { fixedMonth } from '../../operate/cost/fixed.ts';
import { modelThousand } from '../../operate/cost/model.ts';
import { usdText } from '../../operate/cost/text.ts';
import type { Topology } from '../../stacks/topology-types.ts';
import { markdownTable } from '../../test/bench/tables.ts';

const MEANS: Readonly<Record<MessagePath, string>> = {
  'tier-0': 'a dispute, a threat, a demand: for people',
  'route-only': 'nothing may be answered',
  unanswerable: 'a picture without a word, or nothing could be read',
  denied: 'a reply was possible and a gate objected once the order was known',
  'tier-1-reply': 'answered without facts of an order',
  'tier-2-reply': 'answered with facts of the order',
  'tier-2-resolve': 'the same, and the ticket closed',
};

const WRITE = /^dynamodb\.(Put|Update|Delete)Item /;

/** @param words  the page with `<!-- NAME -->` where a table goes */
export function costPage(words: string, terms: Terms, topology: Topology): string {
  const tables: Readonly<Record<string, string>> = {
    paths: pathsTable(terms),
    kinds: kindsTable(terms),
    services: servicesTable(terms),
    writes: writesTable(terms.counts),
    least: leastText(terms),
    extras: extrasTable(terms),
    fixed: fixedTable(terms, topology),
    prices: pricesTable(terms.prices),
  };
  return words.replace(/<!-- (\w+) -->/g, (_, name: string) => {
    const table = tables[name];
    if (table === undefined) throw new Error(`no table ${name}`);
    return table;
  });
}

function pathsTable(terms: Terms): string {
  const { mix } = terms.counts;
  const all = messagesIn(mix);
  return markdownTable(
    [
      'path',
      'what it is',
      'of the shipped mix',
      'invocations',
      'events',
      'write units',
      'read units',
      'requests, $ a thousand',
      'all but compute',
    ],
    MESSAGE_PATHS.map((path) => {
      const { byKind, usd, lines } = thousandOf(path, terms);
      const each = (meter: string): string =>
        ((lines.find((line) => line.meter === meter)?.amount ?? 0) / 1_000).toFixed(0);
      return [
        `\`${path}\``,
        MEANS[path],
        `${((mix[path] / all) * 100).toFixed(0)} %`,
        each('lambda.request'),
        each('eventbridge.event'),
        each('dynamodb.write_unit'),
        each('dynamodb.read_unit'),
        byKind.requests.toFixed(3),
        (usd - byKind.compute).toFixed(3),
      ];
    }),
  );
}

function kindsTable(terms: Terms): string {
  const { mix } = terms.counts;
  const { byKind, usd } = thousandOfMix(mix, terms);
  return markdownTable(
    ['kind', '$ a thousand messages of the mix'],
    [
      ...KINDS.map((kind) => [kind, byKind[kind].toFixed(4)]),
      ['**together**', `**${usd.toFixed(4)}**`],
      ['model tokens, where `openai` is asked (planning figures of decisions §3.10)', modelThousand(mix).toFixed(2)],
    ],
  );
}

function servicesTable(terms: Terms): string {
  const { byService, usd } = thousandOfMix(terms.counts.mix, terms);
  return markdownTable(
    ['service', '$ a thousand', 'share'],
    byService.map(({ service, usd: own }) => [service, own.toFixed(4), `${((own / usd) * 100).toFixed(1)} %`]),
  );
}

/** What writes to tables cost, dearest first, over the whole mix. */
function writesTable({ paths, mix }: Counts): string {
  const units = new Map<string, number>();
  for (const path of MESSAGE_PATHS)
    for (const [name, [, own]] of Object.entries(paths[path].operations))
      if (WRITE.test(name)) {
        const record = name.replace(/^dynamodb\.\w+ /, '');
        units.set(record, (units.get(record) ?? 0) + (own * mix[path]) / messagesIn(mix));
      }
  return markdownTable(
    ['record', 'write units a message'],
    [...units]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 12)
      .map(([record, own]) => [`\`${record}\``, own.toFixed(1)]),
  );
}

/** What the very same requests would cost if no record were larger than one unit, and none stood in an index. */
function leastText(terms: Terms): string {
  const { counts } = terms;
  let writes = 0;
  const paths = Object.fromEntries(
    MESSAGE_PATHS.map((path) => {
      const { operations, ...rest } = counts.paths[path];
      const least = Object.entries(operations).map(([name, [requests, units]]): [string, [number, number]] => {
        if (!name.startsWith('dynamodb.')) return [name, [requests, units]];
        if (WRITE.test(name)) writes += (requests * counts.mix[path]) / messagesIn(counts.mix);
        return [name, [requests, requests]];
      });
      return [path, { ...rest, operations: Object.fromEntries(least) }];
    }),
  ) as Counts['paths'];
  const { byKind } = thousandOfMix(counts.mix, { ...terms, counts: { ...counts, paths } });
  return (
    `A message of the mix makes ${writes.toFixed(0)} writes. If each took one unit, and each read one, requests would ` +
    `come to **$${byKind.requests.toFixed(4)}**: no smaller record brings them below that, only fewer steps.`
  );
}

function extrasTable(terms: Terms): string {
  const { extras, runs } = terms.counts;
  const row = (name: string, counted: (typeof extras)[keyof typeof extras]) => {
    const { byKind, usd } = thousandTimes(counted, terms);
    return [`\`${name}\``, byKind.requests.toFixed(4), usd.toFixed(4)];
  };
  return markdownTable(
    ['what', 'requests, $ a thousand times', 'all'],
    [...EXTRAS.map((name) => row(name, extras[name])), ...RUNS.map((name) => row(`${name}, idle`, runs[name]))],
  );
}

function fixedTable(terms: Terms, topology: Topology): string {
  const lines = fixedMonth(terms, topology);
  const sum = lines.reduce((total, { usd }) => total + usd, 0);
  return markdownTable(
    ['what', '$ a month'],
    [...lines.map(({ what, usd }) => [what, usd.toFixed(2)]), ['**together**', `**${sum.toFixed(2)}**`]],
  );
}

function pricesTable({ prices }: Prices): string {
  return markdownTable(
    ['what', 'list price', 'unit', 'public page', 'a second page with the same figure'],
    METERS.map((meter) => {
      const { usd, per, unit, source, confirmed } = prices[meter];
      const price = per === 1 ? usdText(usd) : `${usdText(usd)} for ${per.toLocaleString('en-US')}`;
      return [`\`${meter}\``, price, unit, `<${source}>`, confirmed ?? 'nobody compared'];
    }),
  );
}

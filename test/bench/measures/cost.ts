/**
 * `cost`: dollars for a thousand messages of the shipped mix at dated list prices, by kind: what is counted here and now on every
 * path, and beside it what compute, the model and an idle month come to.
 */
import { MESSAGE_PATHS, shippedCounts } from '../../../config/cost/counts.ts';
import { shippedPrices } from '../../../config/cost/prices.ts';
import { KINDS } from '../../../operate/cost/bill.ts';
import { messagesIn, type Terms, thousandOf, thousandOfMix } from '../../../operate/cost/estimate.ts';
import { fixedMonth } from '../../../operate/cost/fixed.ts';
import { modelThousand } from '../../../operate/cost/model.ts';
import { topology } from '../../../stacks/topology.ts';
import { countPaths } from '../cost/count.ts';
import type { Measured } from '../row.ts';
import type { Measure } from './measure.ts';

export const cost: Measure = async ({ say }) => {
  const { facts: _, ...measured } = await countPaths({ rounds: 1, say });
  // Shares of the paths are those of the table: to play the whole mix takes longer than all that is counted here.
  const terms: Terms = {
    counts: { ...shippedCounts(), ...measured },
    prices: shippedPrices(),
    functions: topology.functions,
  };
  const { mix } = terms.counts;
  const n = messagesIn(mix);
  const row = (of: string, value: number, unit = 'usd/1000'): Measured => ({
    name: 'cost',
    of,
    unit,
    value: Number(value.toPrecision(4)),
    n,
  });
  const thousand = thousandOfMix(mix, terms);
  return [
    ...KINDS.map((kind) => row(kind, thousand.byKind[kind])),
    row('model, if asked', modelThousand(mix)),
    ...MESSAGE_PATHS.map((path) =>
      row(`path ${path}, without compute`, thousandOf(path, terms).usd - thousandOf(path, terms).byKind.compute),
    ),
    row(
      'idle month',
      fixedMonth(terms, topology).reduce((sum, { usd }) => sum + usd, 0),
      'usd/month',
    ),
  ];
};

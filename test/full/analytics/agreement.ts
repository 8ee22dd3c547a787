/** node bin/launch.js test/full/analytics/agreement.ts [CONVERSATIONS] [SEED]: the agreement of test/analytics at a larger size; exit 1 on a difference. */
import { isDeepStrictEqual } from 'node:util';
import { figuresByReadModels, figuresBySql } from '../../analytics/figures.ts';
import { disorderlyTraffic } from '../../analytics/traffic.ts';

const [conversations = '1000', seed = 'full'] = process.argv.slice(2);
const traffic = await disorderlyTraffic(seed, Number(conversations));
const bySql = await figuresBySql(traffic);
const byReadModels = await figuresByReadModels(traffic, traffic.misrouted);
const differing = Object.keys(bySql).filter(
  (name) => !isDeepStrictEqual(bySql[name as keyof typeof bySql], byReadModels[name as keyof typeof bySql]),
);
for (const name of differing) {
  process.stdout.write(`${name} by SQL: ${JSON.stringify(bySql[name as keyof typeof bySql])}\n`);
  process.stdout.write(`${name} by read models: ${JSON.stringify(byReadModels[name as keyof typeof bySql])}\n`);
}
const { deliveries, twice, late } = traffic.disorder;
const facts = Object.values(bySql.facts).reduce((sum, count) => sum + count, 0);
process.stdout.write(
  `${Object.keys(bySql).length - differing.length} of ${Object.keys(bySql).length} figures agree over ${conversations} conversations, ` +
    `${facts} facts in ${traffic.records.rows.length} rows; ${twice} of ${deliveries} deliveries doubled, ${late} late\n`,
);
process.exitCode = differing.length === 0 ? 0 : 1;

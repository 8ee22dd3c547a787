/** Writes docs/cost.md from its words, the counted table and the price table: node bin/launch.js tools/cost-page.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedCounts } from '../config/cost/counts.ts';
import { shippedPrices } from '../config/cost/prices.ts';
import { topology } from '../stacks/topology.ts';
import { costPage } from './cost/page.ts';

const words = readFileSync(join(import.meta.dirname, 'cost/words.md'), 'utf8');
const terms = { counts: shippedCounts(), prices: shippedPrices(), functions: topology.functions };
writeFileSync(join(import.meta.dirname, '../docs/cost.md'), costPage(words, terms, topology));

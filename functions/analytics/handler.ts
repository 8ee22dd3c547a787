/** Keeps a flat row of each decision and outcome for questions in SQL. States nothing, calls no vendor, keeps nothing a customer wrote. */
import { consumer } from '../shared/consumer/consumer.ts';
import { NOTHING } from '../shared/consumer/definition.ts';
import { project } from './project.ts';
import { HEARD, needs } from './rules.ts';

const NAME = 'analytics';

/** Hears facts of any age, replays included. A row may be kept twice: its key is the fact's own, and readers count it once. */
export const analytics = consumer({
  name: NAME,
  consumes: HEARD,
  produces: [],
  uses: needs.uses,
  hasEffects: false,
  // A backfill brings rows back that were kept before and lost since.
  claimsAs: (replayName) => replayName ?? NAME,
  budgetMs: (_, waits) => waits.routeBudgetMs,
  async handle(event, { container }) {
    await container.records.put(project(event));
    return NOTHING;
  },
});

/** The files of a new consumer, whole and running: what it hears, what becomes of a fact, and a test. A test makes them and runs them. */

export type Files = Readonly<Record<string, string>>;

/** @param name  of the folder and the function, kebab-case @returns texts by path below the repository */
export function consumerFiles(name: string): Files {
  const exported = `${camelCase(name)}Consumer`;
  const fill = (text: string): string => text.replaceAll('EXPORTED', exported).replaceAll('NAME', name);
  return Object.fromEntries(Object.entries(FILES).map(([file, text]) => [`functions/${name}/${file}`, fill(text)]));
}

export const camelCase = (name: string): string => name.replaceAll(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

const RULES = `import type { EventName } from '../../events/catalogue.ts';
import { PATIENT, type RuleDeclaration } from '../shared/rules.ts';

/** Facts that the facts archive keeps (events/facts.ts), so that a backfill brings what live facts bring. */
export const HEARD = ['MessageSettled'] as const satisfies readonly EventName[];

export const rules: readonly RuleDeclaration[] = [
  {
    name: 'NAME-facts',
    target: 'NAME',
    hears: HEARD.map((event) => ({ event })),
    retry: PATIENT,
    replay: ['backfill'],
  },
];
/** What it asks for beyond its own claims; permissions follow from it: rows of its own among the read models. */
export const needs = { uses: [], duties: ['project'] } as const;
`;

const PROJECT = `/** From a fact to the row that is kept of it: keyed by the fact, so that doubles, disorder and replays change nothing. Pure. */
import type { MessageSettled } from '../../events/message-settled.ts';
import { expiresAt } from '../shared/ledger/keys.ts';
import type { Item } from '../shared/store/language.ts';
import { TIMES } from '../shared/times.ts';

/** One row for each message, by the day (UTC) on which it was settled; nothing of it leads to a customer. */
export function project({ metadata, data }: MessageSettled): Item {
  return {
    model: \`NAME#\${metadata.occurredAt.slice(0, 10)}\`,
    key: metadata.eventId,
    outcome: data.outcome,
    channel: metadata.channel,
    end_to_end_ms: data.endToEndMs,
    expires_at: expiresAt(Date.parse(metadata.occurredAt), TIMES.ttl.readModel),
  };
}
`;

const HANDLER = `/** Keeps one row for each settled message. States nothing, calls no vendor. */
import { consumer } from '../shared/consumer/consumer.ts';
import { NOTHING } from '../shared/consumer/definition.ts';
import { project } from './project.ts';
import { HEARD, needs } from './rules.ts';

const KEY = 'NAME';

/** Hears facts of any age, replays included. */
export const EXPORTED = consumer({
  name: KEY,
  consumes: HEARD,
  produces: [],
  uses: needs.uses,
  hasEffects: false,
  // A backfill brings back what was kept before and lost since.
  claimsAs: (replayName) => replayName ?? KEY,
  budgetMs: (_, waits) => waits.routeBudgetMs,
  async handle(event, { container }) {
    await container.store.put('read_models', project(event));
    return NOTHING;
  },
});
`;

const LAMBDA = `import { liveHandler } from '../shared/live-container.ts';
import { EXPORTED } from './handler.ts';

export const handler = await liveHandler('NAME', EXPORTED.definition.uses, EXPORTED);
`;

const TEST = `import { describe, expect, it } from 'vitest';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { EXPORTED } from './handler.ts';
import { project } from './project.ts';
import { HEARD } from './rules.ts';

const BACKFILL = 'backfill-01JQ8Z5M9H3V6T2K4N7P0R0000';

function setUp() {
  const world = testWorld();
  const fact = exampleOf('MessageSettled', world.clock.now());
  const rows = () => world.store.query('read_models', { partition: 'NAME#2026-01-15', limit: 100 });
  return { ...world, handler: EXPORTED(world.container('NAME')), fact, rows };
}

describe('NAME', () => {
  it('keeps one row of a message, whatever is delivered twice, live or in a backfill', async () => {
    const { handler, fact, rows, bus } = setUp();
    await handler(delivered(fact));
    await handler(delivered(fact));
    await handler(delivered(fact, BACKFILL));
    expect(await rows()).toEqual([project(fact as Parameters<typeof project>[0])]);
    expect(bus.published).toEqual([]);
  });

  it('keeps in a backfill what it never heard live', async () => {
    const { handler, fact, rows } = setUp();
    await handler(delivered(fact, BACKFILL));
    expect(await rows()).toHaveLength(1);
  });

  it.each(HEARD)('reads the example of %s, unknown fields beside it', async (name) => {
    const { clock, container } = setUp();
    const own = container('NAME');
    await EXPORTED(own)(delivered(exampleOf(name, clock.now(), {}, { addedLater: true })));
    expect(own.queues.failed).toEqual([]);
  });
});
`;

const FILES: Files = {
  'rules.ts': RULES,
  'project.ts': PROJECT,
  'handler.ts': HANDLER,
  'lambda.ts': LAMBDA,
  'handler.test.ts': TEST,
};

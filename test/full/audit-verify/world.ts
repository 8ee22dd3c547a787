/**
 * Trails to tamper with: the real auditor, sealer and deletion on memory ports, over some hours of invented facts, with records that
 * have expired and customers who were deleted. The hour that is under way is not sealed.
 */
import { EVENT_NAMES } from '../../../events/catalogue.ts';
import type { AnyEvent } from '../../../events/define-event.ts';
import { FACTS } from '../../../events/facts.ts';
import { auditor, SYSTEM_PARTITION } from '../../../functions/auditor/handler.ts';
import { sealer } from '../../../functions/sealer/handler.ts';
import type { Item, TableName } from '../../../functions/shared/store/language.ts';
import { delivered, exampleOf, testClock, testWorld } from '../../../functions/shared/testing.ts';
import { factCollector } from '../../../operate/audit/archive.ts';
import type { Evidence } from '../../../operate/audit/evidence.ts';
import { erase } from '../../../operate/privacy/erase.ts';
import { createRandom } from '../../simulation/kernel/random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const OWN: readonly string[] = ['AuditSealed', 'RecordsDeleted'];
/** Facts that a shop's day consists of; the two that prove the trail are stated by those who prove it. */
const NAMES = EVENT_NAMES.filter((name) => !OWN.includes(name));
const [FIRST = 'MessageReceived', ...OTHERS] = NAMES;

export type Trail = { readonly evidence: Evidence; readonly seals: number };

/** @param hours  that are sealed; another one is open */
export async function makeTrail(seed: string, hours = 4): Promise<Trail> {
  const random = createRandom(seed);
  const clock = testClock();
  const world = testWorld(clock);
  const record = auditor(world.container('auditor'));
  const seal = sealer(world.container('sealer'));
  const archived: AnyEvent[] = [];
  let heard = 0;
  let stated = 0;

  async function record1(fact: AnyEvent): Promise<void> {
    archived.push(fact);
    await record(delivered(fact));
  }
  /** What sealer and deletion have published reaches archive and auditor, as everything does. */
  async function hear(): Promise<void> {
    for (const { detail } of world.bus.published.slice(heard)) {
      heard += 1;
      await record1(JSON.parse(detail) as AnyEvent);
    }
  }
  async function state(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      stated += 1;
      const eventId = `0194b8a0-3c1e-7d2a-8f00-${String(stated).padStart(12, '0')}`;
      const conversationId = random.chance(0.1) ? null : `conv_${random.integer(0, 7)}`;
      const fact = exampleOf(random.pick([FIRST, ...OTHERS]), clock.now(), { eventId, conversationId });
      await record1(fact);
      clock.advance(random.integer(1_000, 2 * MINUTE_MS));
    }
  }
  const toNextHour = () => clock.advance(HOUR_MS - (clock.now() % HOUR_MS));

  // Something old, sealed long ago, of which the records have expired.
  await seal({});
  await state(6);
  toNextHour();
  clock.advance(16 * MINUTE_MS);
  await seal({});
  await hear();
  clock.advance(60 * DAY_MS - random.integer(0, 20) * MINUTE_MS);
  for (let hour = 0; hour < hours; hour += 1) {
    await state(random.integer(4, 9));
    if (hour > 0 && random.chance(0.5)) await forget(`conv_${random.integer(0, 7)}`);
    await hear();
    toNextHour();
    clock.advance(16 * MINUTE_MS);
    await seal({});
    await hear();
  }
  await state(random.integer(5, 9));
  if (random.chance(0.5)) await forget(`conv_${random.integer(0, 7)}`);
  await hear();

  async function forget(conversationId: string): Promise<void> {
    clock.advance(MINUTE_MS);
    const { store, bus } = world;
    const tables = {
      scan: (table: TableName) => rowsOf(table),
      query: (table: TableName) => rowsOf(table),
    };
    await erase(
      {
        store,
        bus,
        clock,
        tables,
        ids: world.container('auditor').ids,
        origin: { env: 'local', release: '0.1.0', brandId: 'main' },
        tell: () => {},
      },
      { conversationIds: [conversationId], hashes: [`h_1_${seedHash(conversationId)}`] },
    );
  }
  async function* rowsOf(table: TableName): AsyncGenerator<Item> {
    yield* world.store.tables.get(table)?.values() ?? [];
  }

  const collector = factCollector();
  for (const fact of archived) {
    const isKept = (FACTS as readonly string[]).includes(fact.metadata.eventName);
    // The archive of everything holds two weeks.
    if (isKept || Date.parse(fact.metadata.publishedAt) > clock.now() - 14 * DAY_MS)
      collector.add(fact.metadata.eventName, fact);
  }
  const rows = [...(world.store.tables.get('audit_trail')?.values() ?? [])];
  return {
    evidence: {
      rows,
      archive: {
        facts: collector.facts,
        holdsAllSince: clock.now() - 13 * DAY_MS,
        holdsFactsSince: clock.now() - 179 * DAY_MS,
      },
      underWay: new Set(),
      now: clock.now(),
    },
    seals: rows.filter(({ fact, published }) => fact !== undefined && published === true).length,
  };
}

const seedHash = (text: string): string => Buffer.from(text.padEnd(16, '0').slice(0, 16)).toString('hex');

export const isOfConversation = ({ conversation_id }: Item): boolean =>
  /^conv_\d$/.test(String(conversation_id)) || conversation_id === SYSTEM_PARTITION;

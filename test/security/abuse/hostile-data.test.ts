/** Files and bodies made to break whoever reads them: YAML that unfolds, names that every object inherits (issue 8). */
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../config/load.ts';
import { parseTenant } from '../../../config/tenant.ts';
import { flagsFrom } from '../../../functions/shared/flags/flags.ts';
import { richpanelPorts, richpanelView } from '../../../functions/shared/helpdesk/live-richpanel.ts';
import { seededIds } from '../../../functions/shared/ids/memory.ts';
import { memoryParameters } from '../../../functions/shared/parameters/memory.ts';
import { testClock, testWorld } from '../../../functions/shared/testing.ts';
import { parseRows } from '../../../local/demo/rows.ts';
import { applyTransitOverride } from '../../../policy/orders/transit.ts';
import { choreography } from '../../choreography.ts';

/** `&a10` stands for 10^11 values. */
const LAUGHS = Array.from(
  { length: 11 },
  (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(',')}]`,
);

/** Whether it comes to an answer, whatever that is. */
function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

describe('YAML', () => {
  it.each([
    ['unfolds', `a0: &a0 [x]\n${LAUGHS.join('\n')}`],
    ['refers to itself', 'schema: &a [*a]'],
    ['merges', 'a: &a {b: 1}\nc: {<<: [*a, *a]}'],
    ['has 4,000 anchors', '&a '.repeat(4_000)],
    ['is quotes', '"'.repeat(4_000)],
    ['makes objects of code', 'schema: !!js/function "function () { return 1 }"'],
  ])('that %s is a mistake with a name', (_, text) => {
    expect(isRead(() => parseConfig(text))).toBe(true);
    expect(parseConfig(text)).toMatchObject({ ok: false });
    expect(parseTenant(text)).toMatchObject({ ok: false });
  });

  it('that is too large or too deep is not read at all', () => {
    for (const text of [
      ' '.repeat(64 * 1024 + 1),
      '['.repeat(501),
      'a: {'.repeat(501),
      '- '.repeat(20),
      '? '.repeat(20),
    ]) {
      expect(parseConfig(text)).toMatchObject({ errors: [{ problem: 'this is too large' }] });
      expect(parseTenant(text)).toMatchObject({ problem: 'it is too large' });
    }
  });
});

const INHERITED = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then', 'toJSON'];
const WORDS = [
  'ticket',
  'comments',
  'tags',
  'order',
  'customer',
  'id',
  'answers',
  'schema',
  'expected',
  'text',
  'data',
  'a',
];
/** JSON text: an object of `JSON.stringify` could not hold `__proto__` as a key of its own. */
const { hostile } = fc.letrec<{ hostile: string; value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('{"polluted":"yes"}', '"polluted"', '7', 'null', '[]', '{"__proto__":{"polluted":"yes"}}'),
    tie('hostile'),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => `[${values.join(',')}]`),
  ),
  hostile: fc
    .array(fc.tuple(fc.constantFrom(...INHERITED, ...WORDS), tie('value')), { minLength: 1, maxLength: 5 })
    .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
}));
const membersOf = (text: string) => text.slice(1, -1);

const ROOTS = { Object, Array, Function, String, Number, Promise, Map, Set, RegExp, Error };
const inherited = () =>
  Object.values(ROOTS).map((root) => [Object.getOwnPropertyNames(root.prototype), Object.getOwnPropertyNames(root)]);
let clean: unknown;
beforeAll(() => {
  clean = inherited();
});
afterEach(() => {
  expect(inherited()).toEqual(clean);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

const RUNS = { numRuns: 150, seed: 8 };

describe('names that every object inherits', () => {
  it('change nothing in a webhook’s body, and nothing of them is published', async () => {
    const c = choreography();
    let [at, taken] = [0, 0];
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        at += 1;
        c.helpdesk.customerWrites({ conversationId: `t-${at}`, text: 'Where is my order?' });
        const known = `"event_type":"customer_message","message_id":"m-${at}"`;
        const { statusCode } = await c.webhook(`{"ticket_id":"t-${at}",${known},"extra":${text}}`);
        // A name that stands there twice is no strict JSON.
        expect([200, 400]).toContain(statusCode);
        taken += statusCode === 200 ? 1 : 0;
        await c.webhook(`{${membersOf(text)},"ticket_id":"t-${at}",${known}}`);
        expect(JSON.stringify(c.facts())).not.toContain('polluted');
      }),
      { ...RUNS, numRuns: 25 },
    );
    expect(taken).toBeGreaterThan(5);
  });

  it('change nothing in an answer of the helpdesk', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const parts = {
          transport: async () => ({ status: 200, headers: {}, body: `{"ticket":${text},${membersOf(text)}}` }),
          secrets: { read: async () => 'the-key' },
          limits: { take: async () => true },
          isReadOnly: async () => false,
          knowsSeat: true,
          clock: testClock(),
          ids: seededIds(1),
        };
        const { tickets, orders, directory } = richpanelView(parts);
        const reads = [
          () => tickets.ticket('t-1'),
          () => orders.byId('acme', '#1043'),
          () => directory.tags(),
          () => richpanelPorts(parts).tagger().addTags('t-1', ['mw-processed']),
        ];
        for (const read of reads) await read().catch((error: Error) => expect(error.name).toBe('VendorError'));
      }),
      RUNS,
    );
  });

  it('change nothing in settings, rows of a demo and flags', async () => {
    const { telemetry } = testWorld().container('classify');
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        // JSON is YAML.
        expect(parseConfig(text).ok).toBe(false);
        expect(parseTenant(text).ok).toBe(false);
        expect(parseRows(`${text}\n`).rows).toEqual([]);
        expect(applyTransitOverride(text, [])).toMatchObject({ map: [] });
        const parameters = memoryParameters(
          new Map([
            ['transit_map', text],
            ['blocked_intents', text],
          ]),
        );
        const { values } = await flagsFrom(parameters, testClock(), telemetry, {
          cacheMs: 0,
          writesPhrase: null,
        }).read();
        expect(values.automation_enabled).toBe(false);
      }),
      RUNS,
    );
  });
});

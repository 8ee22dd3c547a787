/** What a drill has to find before it may say that it proved anything. */
import { describe, expect, it } from 'vitest';
import type { TableName } from '../../functions/shared/store/language.ts';
import { answerOf } from '../commands/drill.ts';
import { DRILLS } from './drills.ts';
import type { AllHoldings, Holdings } from './holdings.ts';
import { emptyOf, requireAnswered } from './proof.ts';
import type { Drilled } from './run.ts';
import { isRoutedOnly } from './under-way.ts';

const rows = (kind: string): Holdings => new Map([[kind, new Map([['one', 0]])]]);
const NONE: Holdings = new Map();
/** A message was answered; whatever lives for hours is over. */
const ANSWERED: AllHoldings = {
  idempotency: rows('evt'),
  conversation_state: rows('conversation_state'),
  audit_trail: rows('ReplySent'),
  vault: NONE,
  vendor_limits: NONE,
  read_models: rows('timeline'),
};
const tablesOf = (drill: string): readonly TableName[] => DRILLS.find(({ name }) => name === drill)?.tables ?? [];

describe('a drill proves nothing', () => {
  it('where nobody was answered, and says what to do first', () => {
    expect(() => requireAnswered([], '.frontdesk')).toThrow(/^not proven: nothing was answered here/);
    expect(() => requireAnswered([{}], '.frontdesk')).not.toThrow();
  });

  it.each(['idempotency', 'conversation_state', 'audit_trail', 'read_models'] as const)(
    'of %s, where it held nothing that can be rebuilt',
    (table) => {
      const held = { ...ANSWERED, [table]: NONE };
      expect(emptyOf(tablesOf(table), held)).toEqual([table]);
      expect(emptyOf(tablesOf('all-tables'), held)).toEqual([table]);
    },
  );

  it.each([
    ['idempotency', 'csm:responder-reply'],
    ['audit_trail', 'MessageReceived'],
    ['read_models', 'replays'],
  ] as const)('of %s, where all it held are rows that no rebuild brings back', (table, kind) =>
    expect(emptyOf([table], { ...ANSWERED, [table]: rows(kind) })).toEqual([table]),
  );
});

describe('a drill proves something', () => {
  it.each(DRILLS.map(({ name }) => name))(
    'of %s, where a message was answered: what is lost for good may be empty',
    (name) => expect(emptyOf(tablesOf(name), ANSWERED)).toEqual([]),
  );
});

describe('a message that was under way', () => {
  it.each([
    { when: 'it was routed and not answered', outcome: 'routed', replies: 0, holds: true },
    { when: 'it was answered after all', outcome: 'routed', replies: 1, holds: false },
    { when: 'its settlement tells of a reply', outcome: 'replied', replies: 0, holds: false },
    { when: 'nobody took it up', outcome: null, replies: 0, holds: false },
  ])('$when → proven: $holds', ({ outcome, replies, holds }) => {
    expect(isRoutedOnly({ conversationId: 't-1', outcome, replies })).toBe(holds);
  });
});

describe('what the command answers', () => {
  const drilled = (about: Partial<Drilled>): Drilled => ({
    name: 'conversation_state',
    passed: true,
    rtoMs: 1_000,
    rpoMs: 0,
    steps: [],
    tables: [],
    empty: [],
    readModels: { rows: 0, before: '', after: '', equal: true, since: {} },
    recovered: {} as Drilled['recovered'],
    takenUp: null,
    provoked: { webhooks: 2, replays: 3, sends: 0, writes: 0 },
    ...about,
  });

  it('is no proof where a table held nothing, by exit code, value and words', () => {
    const { value, text, exitCode } = answerOf([drilled({ passed: false, empty: ['conversation_state'] })], 1);
    expect(exitCode).toBe(1);
    expect(value).toMatchObject({ passed: false, drills: [{ passed: false, empty: ['conversation_state'] }] });
    expect(text).toContain('not proven: conversation_state held nothing here that can be rebuilt');
    expect(text).not.toContain('Proven whole');
  });

  it('is a proof where all is there', () => {
    const { value, text, exitCode } = answerOf([drilled({})], 1);
    expect([exitCode, value]).toMatchObject([0, { passed: true, repliesBefore: 1, sends: 0, writes: 0 }]);
    expect(text).toContain('Proven whole: 1 reply before, none since');
  });
});

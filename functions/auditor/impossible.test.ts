import { describe, expect, it } from 'vitest';
import { EXAMPLE } from '../../events/examples.ts';
import { decisionInput, scored } from '../../policy/testing.ts';
import { memoryTelemetry } from '../shared/telemetry/memory.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { auditor } from './handler.ts';

const AT = Date.parse('2026-01-15T12:00:00.000Z');
const OPEN = {
  automation_enabled: true,
  outbound_enabled: true,
  safe_mode: false,
  shadow_mode: false,
  richpanel_read_only: false,
};
const judged = decisionInput(scored({ damaged_item: 0.9 }));
const withFlags = (flags: Partial<typeof OPEN>) => ({ input: { ...judged, flags: { ...judged.flags, ...flags } } });
const order = {
  matchMethod: null,
  matchCount: 0,
  notMatchedReason: null,
  contextComplete: false,
  missingFields: [],
  contextReasonCodes: [],
  labels: null,
  factsFetchedAt: null,
  contextExpiresAt: null,
};
const tier2 = (deterministicMatch: string | null) => ({
  tier: 2,
  input: {
    ...withFlags(OPEN).input,
    order: deterministicMatch === null ? null : { ...order, deterministicMatch },
  },
});

/** What the auditor counts of a fact with this data, and which codes its log lines say. */
async function told(name: 'ReplySent' | 'ReplySuppressed', data: Readonly<Record<string, unknown>>) {
  const telemetry = memoryTelemetry('auditor');
  const handler = auditor({ ...testWorld().container('auditor'), ...telemetry });
  await handler(delivered(exampleOf(name, AT, {}, data)));
  return {
    S4: telemetry.counts.get('policy.impossible_reply_total') ?? 0,
    S5: telemetry.counts.get('policy.forbidden_reply_total') ?? 0,
    codes: telemetry.lines.flatMap(({ event, fields }) =>
      event === 'policy.reply.impossible' ? fields.error_code : [],
    ),
  };
}

const NONE = { S4: 0, S5: 0, codes: [] };

describe('a reply that was sent', () => {
  it('with every switch open is none of them', async () =>
    expect(await told('ReplySent', withFlags(OPEN))).toEqual(NONE));
  it('of an older release, which kept neither input nor decision, is not judged', async () =>
    expect(await told('ReplySent', { input: null, decision: null })).toEqual(NONE));

  it.each([
    { automation_enabled: false },
    { outbound_enabled: false },
    { safe_mode: true },
    { shadow_mode: true },
    { richpanel_read_only: true },
  ])('although %j is alarm S4', async (flag) => {
    expect(await told('ReplySent', withFlags(flag))).toEqual({ S4: 1, S5: 0, codes: ['automation_off'] });
    expect(await told('ReplySuppressed', withFlags(flag))).toEqual(NONE);
  });

  it('of Tier 0 is alarm S5', async () =>
    expect(await told('ReplySent', { ...withFlags(OPEN), decision: { ...EXAMPLE.decision, tier: 0 } })).toEqual({
      S4: 0,
      S5: 1,
      codes: ['tier0_reply'],
    }));

  it.each(['false', 'unknown', null])('of Tier 2 with match %s is alarm S5', async (match) =>
    expect(await told('ReplySent', tier2(match))).toEqual({ S4: 0, S5: 1, codes: ['tier2_without_match'] }),
  );

  it('of Tier 2 with a match is none', async () => expect(await told('ReplySent', tier2('true'))).toEqual(NONE));
});

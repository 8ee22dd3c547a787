import { describe, expect, it } from 'vitest';
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

/** What the auditor says of a fact whose input had these flags. */
async function told(name: 'ReplySent' | 'ReplySuppressed', flags: Partial<typeof OPEN> | null) {
  const telemetry = memoryTelemetry('auditor');
  const handler = auditor({ ...testWorld().container('auditor'), ...telemetry });
  const judged = decisionInput(scored({ damaged_item: 0.9 }));
  const input = flags === null ? null : { ...judged, flags: { ...judged.flags, ...flags } };
  await handler(delivered(exampleOf(name, AT, {}, { input })));
  return telemetry.counts.get('policy.impossible_reply_total') ?? 0;
}

describe('a reply that was sent', () => {
  it('with every switch open is none of them', async () => expect(await told('ReplySent', OPEN)).toBe(0));
  it('of an older release, which kept no input, is not judged', async () =>
    expect(await told('ReplySent', null)).toBe(0));

  it.each([
    { automation_enabled: false },
    { outbound_enabled: false },
    { safe_mode: true },
    { shadow_mode: true },
    { richpanel_read_only: true },
  ])('although %j is an alarm', async (flag) => {
    expect(await told('ReplySent', { ...OPEN, ...flag })).toBe(1);
    expect(await told('ReplySuppressed', { ...OPEN, ...flag })).toBe(0);
  });
});

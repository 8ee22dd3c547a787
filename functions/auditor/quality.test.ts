import { describe, expect, it } from 'vitest';
import { memoryTelemetry } from '../shared/telemetry/memory.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { auditor } from './handler.ts';

const AT = Date.parse('2026-01-15T12:00:00.000Z');

/** Which of the counts of drift the auditor raises for a decision. */
async function counted(
  name: 'MessageClassified' | 'TicketRouted' | 'AgentFeedbackReceived',
  data: Readonly<Record<string, unknown>>,
) {
  const telemetry = memoryTelemetry('auditor');
  await auditor({ ...testWorld().container('auditor'), ...telemetry })(delivered(exampleOf(name, AT, {}, data)));
  return [...telemetry.counts.keys()].filter((metric) => metric.startsWith('quality.')).sort();
}

describe('counts of drift (platform §6.7)', () => {
  const plain = { primaryIntent: 'refund_request', tierCandidate: 1, routingConfidence: 0.5 };
  it.each([
    [{}, []],
    [{ primaryIntent: 'unknown_other' }, ['quality.unknown_intent_total']],
    [{ primaryIntent: 'order_status_tracking' }, ['quality.order_status_total']],
    [{ routingConfidence: 0.49 }, ['quality.unsure_total']],
    [{ routingConfidence: null }, []],
    [{ tierCandidate: 2 }, ['quality.tier2_total']],
  ])('a decision with %j counts %j', async (changed, metrics) => {
    expect(await counted('MessageClassified', { ...plain, ...changed })).toEqual(metrics);
  });

  it.each([
    ['mw:feedback:misroute', ['quality.misroute_feedback_total']],
    ['mw:feedback:bad_reply', ['quality.bad_reply_feedback_total']],
    ['mw:feedback:auto_reply_helpful', []],
    ['mw:feedback:wrong_intent:refund_request', []],
  ])('an agent’s %s counts %j', async (tag, metrics) => {
    const said = { tagCodes: [tag], appliedAt: '2026-01-15T12:00:00.000Z' };
    expect(await counted('AgentFeedbackReceived', said)).toEqual(metrics);
  });

  it('counts no other fact', async () => expect(await counted('TicketRouted', plain)).toEqual([]));
});

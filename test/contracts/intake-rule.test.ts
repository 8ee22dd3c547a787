/** The intake rule as the sweeper asks for it, over the wire (platform §4.10). */
import { DisableRuleCommand, EnableRuleCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventBridgeIntakeRule } from '../../functions/shared/bus/live-intake-rule.ts';
import { INTAKE_RULE } from '../../functions/shared/rules.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';

const RULE = { Name: INTAKE_RULE, EventBusName: 'frontdesk-local' };
let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await openEndpoint();
});
afterAll(() => endpoint.close());

describe('the intake rule', () => {
  it('is enabled or not; one that nobody can describe is an error, not an answer', async () => {
    const rule = eventBridgeIntakeRule(endpoint.eventBridge, 'local');
    await expect(rule.isEnabled()).rejects.toMatchObject({ vendor: 'eventbridge', kind: 'not_found' });
    await endpoint.eventBridge.send(new PutRuleCommand({ ...RULE, EventPattern: '{"source":["frontdesk.ingest"]}' }));
    expect(await rule.isEnabled()).toBe(true);
    await endpoint.eventBridge.send(new DisableRuleCommand(RULE));
    expect(await rule.isEnabled()).toBe(false);
    await endpoint.eventBridge.send(new EnableRuleCommand(RULE));
    expect(await rule.isEnabled()).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { testWorld } from '../shared/testing.ts';
import { flagWatcher } from './handler.ts';

const CHANGE_ID = '0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f';

function setUp(values: Record<string, string> = {}) {
  const world = testWorld();
  for (const [name, value] of Object.entries(values)) world.parameters.values.set(name, value);
  const container = world.container('flag-watcher');
  const handler = flagWatcher(container);
  const told = () =>
    world.bus.published.map(({ detail }) => JSON.parse(detail) as { metadata: { eventId: string }; data: unknown });
  return {
    ...world,
    container,
    told,
    changed: (name: string, operation = 'Update') =>
      handler({ id: CHANGE_ID, time: '2026-01-15T11:59:58Z', detail: { name, operation } }),
    handler,
  };
}

describe('a changed parameter is a fact', () => {
  it.each([
    { flag: 'safe_mode', value: 'true', event: 'SafeModeChanged', newValue: 'true' },
    { flag: 'automation_enabled', value: 'false', event: 'AutomationFlagChanged', newValue: 'false' },
    { flag: 'automation_enabled', value: 'yes', event: 'AutomationFlagChanged', newValue: 'unknown' },
    { flag: 'template_enabled/t_damaged_item_intake', value: 'true', event: 'TemplateToggled', newValue: 'true' },
    { flag: 'outbound_allowlist', value: 'nora@mail.test', event: 'AutomationFlagChanged', newValue: 'set' },
    { flag: 'outbound_allowlist', value: '', event: 'AutomationFlagChanged', newValue: 'unset' },
  ])('$flag = "$value" → $event $newValue', async ({ flag, value, event, newValue }) => {
    const { changed, bus, told } = setUp({ [flag]: value });
    await changed(`/frontdesk/local/${flag}`);
    expect(bus.published.map(({ detailType }) => detailType)).toEqual([event]);
    expect(told()[0]?.data).toEqual({ flag, oldValue: 'unknown', newValue, changedByRoleHash: null });
  });

  it('a deleted one is unset, whatever is read', async () => {
    const { changed, told } = setUp({ safe_mode: 'false' });
    await changed('/frontdesk/local/safe_mode', 'Delete');
    expect(told()[0]?.data).toMatchObject({ newValue: 'unset' });
  });

  it('told twice by the platform it is one fact', async () => {
    const { changed, told } = setUp();
    await changed('/frontdesk/local/safe_mode');
    await changed('/frontdesk/local/safe_mode');
    const [first, second] = told();
    expect(second?.metadata.eventId).toBe(first?.metadata.eventId);
  });
});

describe('no value of a list or text is ever told', () => {
  it('neither on the bus nor in a log', async () => {
    const { changed, bus, container } = setUp({ outbound_allowlist: 'nora@mail.test' });
    await changed('/frontdesk/local/outbound_allowlist');
    expect(JSON.stringify([bus.published, container.telemetry.lines])).not.toContain('nora');
  });
});

describe('what is no flag of this environment is left alone', () => {
  it.each(['/frontdesk/prod/safe_mode', '/frontdesk/local/never_declared', '/other/safe_mode'])('%s', async (name) => {
    const { changed, bus } = setUp();
    await changed(name);
    expect(bus.published).toEqual([]);
  });

  it('nor is a payload that says nothing', async () => {
    const { handler, bus } = setUp();
    await handler({ id: 'x' });
    expect(bus.published).toEqual([]);
  });
});

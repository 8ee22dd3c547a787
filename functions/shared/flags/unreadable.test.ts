/** Platform §4.10: flags that cannot be read mean `safe_mode=true, automation_enabled=false`, whatever they said before. */
import { describe, expect, it } from 'vitest';
import { VendorError } from '../errors.ts';
import { testWorld } from '../testing.ts';
import { flagsFrom } from './flags.ts';

const SAFE = {
  safe_mode: true,
  automation_enabled: false,
  outbound_enabled: false,
  templates_enabled: [],
  reply_epoch: null,
};

function setUp(values: Readonly<Record<string, string>>) {
  const { clock, container } = testWorld();
  const { telemetry } = container('responder-reply');
  const state = { values, isDown: false };
  const read = async (names: readonly string[]) => {
    if (state.isDown) throw new VendorError('ssm', 'server');
    return Object.fromEntries(names.map((name) => [name, state.values[name] ?? null]));
  };
  return { state, flags: flagsFrom({ read }, clock, telemetry, { cacheMs: 0, writesPhrase: null }) };
}

describe('flags', () => {
  it('that were on and cannot be read any more are off', async () => {
    const { state, flags } = setUp({ safe_mode: 'false', automation_enabled: 'true', outbound_enabled: 'true' });
    expect((await flags.read(true)).values).toMatchObject({ safe_mode: false, automation_enabled: true });
    state.isDown = true;
    const { readable, values } = await flags.read(true);
    expect(readable).toBe(false);
    expect(values).toMatchObject(SAFE);
  });

  it.each(['TRUE', 'on', '1', ' true', ''])('set to "%s" are not on', async (value) => {
    const { flags } = setUp({ safe_mode: 'false', automation_enabled: value });
    expect((await flags.read()).values.automation_enabled).toBe(false);
  });
});

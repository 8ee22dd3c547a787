import { describe, expect, it } from 'vitest';
import { FLAG_NAMES, requireFlag, takes, textToStore, valueInForce, valueText } from './values.ts';

const ZONE = { name: 'America/New_York' };
const NOW = Date.UTC(2026, 0, 31, 12, 0, 0);
const stored = (name: string, typed: string) => textToStore(name, typed, ZONE, NOW);
const inForce = (name: string, text: string | null) => valueInForce(requireFlag(name), text);

describe('the value in force (platform §1.5: missing or unreadable means the safe value)', () => {
  it.each([
    ['safe_mode', null, true],
    ['safe_mode', 'false', false],
    ['safe_mode', 'no', true],
    ['automation_enabled', null, false],
    ['automation_enabled', 'TRUE', false],
    ['template_enabled/t_damaged_item_intake', 'true', true],
    ['outbound_allowlist', null, []],
    ['outbound_allowlist', 'none', []],
    ['automation_enabled_channels', 'livechat, email', ['livechat', 'email']],
    ['reply_epoch', null, null],
    ['reply_epoch', 'soon', null],
    ['reply_epoch', '2026-01-31T10:00:00+01:00', '2026-01-31T09:00:00.000Z'],
    ['ledger_generation', '0', 1],
    ['ledger_generation', '3', 3],
    ['ledger_whole', null, null],
    ['ledger_whole', 'yes', null],
    ['ledger_whole', '2', 2],
  ])('%s = %j is %j', (name, text, value) => expect(inForce(name, text)).toEqual(value));
});

describe('what a flag takes', () => {
  it.each([
    ['safe_mode', 'true', 'true'],
    ['automation_enabled_channels', 'email', 'email'],
    ['automation_enabled_channels', 'none', 'none'],
    ['blocked_intents', 'refund_request, damaged_item,refund_request', 'refund_request,damaged_item'],
    ['outbound_allowlist', '*', '*'],
    ['outbound_allowlist', 'ops@acme.example', 'ops@acme.example'],
    ['reply_epoch', '2026-01-31', '2026-01-31T05:00:00.000Z'],
    ['reply_epoch', 'now', '2026-01-31T12:00:00.000Z'],
    ['holiday_calendar', 'us_parcel', 'us_parcel'],
    ['transit_map', '{"standard":[3,5]}', '{"standard":[3,5]}'],
    ['ledger_generation', '2', '2'],
  ])('%s takes %j', (name, typed, text) => expect(stored(name, typed)).toBe(text));

  it.each([
    ['safe_mode', 'on'],
    ['automation_enabled_channels', 'tiktok'],
    ['blocked_intents', 'refunds'],
    ['outbound_allowlist', 'everyone'],
    ['holiday_calendar', 'eu'],
    ['transit_map', '{"standard":[9,5]}'],
    ['ledger_generation', '0'],
    ['prod_writes_ack', ''],
  ])('%s does not take %j, and the refusal says what it takes', (name, typed) => {
    expect(() => stored(name, typed)).toThrow(`${name} does not take this value`);
    expect(takes(name, requireFlag(name))).not.toBe('');
  });

  it('names the flag that was probably meant', () => {
    expect(() => requireFlag('automation_enable')).toThrow(
      expect.objectContaining({ code: 'unknown_flag', cure: 'did you mean automation_enabled?', exitCode: 2 }),
    );
  });

  it('reads back what it stored, for every flag', () => {
    for (const name of FLAG_NAMES) {
      const { kind, safe } = requireFlag(name);
      if (safe === null || safe === '' || kind === 'text') continue;
      expect(valueText(inForce(name, stored(name, safe)))).toBe(valueText(inForce(name, null)));
    }
  });
});

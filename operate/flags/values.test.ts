import { describe, expect, it } from 'vitest';
import {
  FLAG_NAMES,
  opensThePast,
  requireFlag,
  takes,
  textToStore,
  unsetText,
  valueInForce,
  valueText,
} from './values.ts';

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
    ['prod_writes_ack', 'none'],
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

describe('a flag that is unset is as if it had never been set', () => {
  const settable = FLAG_NAMES.filter((name) => name !== 'ledger_generation' && name !== 'transit_map');
  it.each(settable)('%s', (name) => expect(inForce(name, unsetText(name))).toEqual(inForce(name, null)));

  it('transit_map overrides nothing', () => expect(inForce('transit_map', unsetText('transit_map'))).toBe('{}'));
  it('ledger_generation only goes up', () =>
    expect(() => unsetText('ledger_generation')).toThrow(expect.objectContaining({ code: 'not_unsettable' })));
  it('a rule of the bus is switched, never unset', () =>
    expect(() => unsetText('rule_enabled/responder_reply')).toThrow(expect.objectContaining({ code: 'not_settable' })));
});

describe('what would let older messages be answered (platform §5.10)', () => {
  it.each([
    ['reply_epoch', '2026-01-30T00:00:00.000Z', '2026-01-29T00:00:00.000Z', true],
    ['reply_epoch', '2026-01-30T00:00:00.000Z', '2026-01-30T00:00:00.000Z', false],
    ['reply_epoch', '2026-01-30T00:00:00.000Z', '2026-01-31T00:00:00.000Z', false],
    // Closed until now: nothing that came in before could be answered.
    ['reply_epoch', null, '2026-01-31T11:59:59.999Z', true],
    ['reply_epoch', 'none', '2026-01-31T11:59:59.999Z', true],
    ['reply_epoch', null, '2026-01-31T12:00:00.000Z', false],
    ['reply_epoch', '2026-01-30T00:00:00.000Z', 'none', false],
    ['ledger_generation', '3', '2', false],
  ])('%s from %s to %s: %s', (name, before, next, opens) => expect(opensThePast(name, before, next, NOW)).toBe(opens));
});

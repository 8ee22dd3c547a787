/** Expectations: replies §8 (unanswered means no), architecture §10.30. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseTenant, readTenantFile, type Tenant, tenantText, unansweredTenant, writeTenantFile } from './tenant.ts';
import { HELD_FLAGS, heldBack } from './tenant-flags.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-tenant-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SOME: Tenant = {
  schema: 1,
  workspace: 'https://api.richpanel.com',
  answers: {
    ...unansweredTenant().answers,
    V6: { answer: 'no', checkedAt: '2026-01-31T09:30:00.000Z', why: 'wrong_link', evidence: { linked: 50, wrong: 1 } },
    V9: { answer: 'inconclusive', parts: { email: 'yes', livechat: 'unknown' } },
  },
};

describe('config/tenant.yaml', () => {
  it('comes back as it was written, whole or not at all', () => {
    const file = join(folder, 'tenant.yaml');
    writeTenantFile(file, SOME);
    expect(readTenantFile(file)).toEqual({ ok: true, tenant: SOME });
    expect(readdirSync(folder)).toEqual(['tenant.yaml']);
  });

  it('is shipped with every question open, and a file that is not there has answered nothing', () => {
    const open = { ok: true, tenant: unansweredTenant() };
    expect(parseTenant(tenantText(unansweredTenant()))).toEqual(open);
    expect(readTenantFile(join(folder, 'none.yaml'))).toEqual(open);
    const own = readTenantFile(join(import.meta.dirname, 'tenant.yaml'));
    expect(own.ok).toBe(true);
    // A workspace that was asked has answers.
    if (own.ok && own.tenant.workspace === null) expect(own).toEqual(open);
  });

  it.each([
    ['{{{', 'it is not readable as YAML'],
    ['', 'it holds something else'],
    ['<html>login</html>', 'it holds something else'],
    [tenantText(SOME).replace('answer: "no"', 'answer: no way'), 'answers.V6.answer is not what it should be'],
    [
      tenantText(SOME).replace('wrong: 1', 'email: "ann@example.test"'),
      'answers.V6.evidence.email is not what it should be',
    ],
    [tenantText(SOME).replace('V6:', 'V66:'), 'answers.V6 is not what it should be'],
  ])('refuses %j and names the key', (text, problem) => {
    expect(parseTenant(text)).toMatchObject({ ok: false, problem });
  });
});

describe('flags (replies §8, last column)', () => {
  const { answers: unanswered } = unansweredTenant();
  const held = (flag: string, answers: Partial<Tenant['answers']>, wanted = 'true') =>
    heldBack(flag, wanted, { ...unanswered, ...answers });

  it('are all held back while nothing is known', () => {
    for (const flag of HELD_FLAGS)
      expect(heldBack(flag, flag.endsWith('channels') ? 'livechat,email' : 'true', unanswered)).toMatchObject({ flag });
  });

  it.each([
    ['auto_close_enabled', 'V8', {}],
    ['agent_note_enabled', 'V15', {}],
    ['automation_enabled', 'V14', {}],
    ['outbound_enabled', 'V14', {}],
    ['order_match_verified_enabled', 'V13', {}],
    ['tier2_enabled', 'V6', { V7: { answer: 'yes' } }],
    ['tier2_enabled', 'V7', { V6: { answer: 'yes' } }],
    ['template_enabled/t_order_eta_no_tracking_verified', 'V8', { V7: { answer: 'yes' } }],
  ] as const)('%s waits for %s, and no or inconclusive is no yes', (flag, item, others) => {
    for (const answer of ['no', 'inconclusive', 'unknown'] as const)
      expect(held(flag, { ...others, [item]: { answer } })).toMatchObject({ item, value: 'false' });
    expect(held(flag, { ...others, [item]: { answer: 'yes' } })).toBeNull();
  });

  it('holds each field of V7 against what needs it', () => {
    const noTracking = { V7: { answer: 'no', parts: { tracking: 'no', shippingMethod: 'yes' } } } as const;
    expect(held('template_enabled/t_order_status_verified', noTracking)).toMatchObject({ item: 'V7' });
    expect(
      held('template_enabled/t_order_eta_no_tracking_verified', { ...noTracking, V8: { answer: 'yes' } }),
    ).toBeNull();
    expect(held('tier2_enabled', { ...noTracking, V6: { answer: 'yes' } })).toBeNull();
  });

  it('leaves the channels that V9 has proven', () => {
    const channels = 'automation_enabled_channels';
    const email = { V9: { answer: 'inconclusive', parts: { email: 'yes', livechat: 'unknown' } } } as const;
    expect(held(channels, email, 'livechat,email')).toMatchObject({ value: 'email', item: 'V9' });
    expect(held(channels, {}, 'livechat,email')).toMatchObject({ value: 'none' });
    expect(held(channels, { V9: { answer: 'yes' } }, 'livechat,email')).toBeNull();
    expect(held(channels, {}, 'none')).toBeNull();
  });

  it('leaves alone what is off, and what no answer speaks of', () => {
    expect(held('tier2_enabled', {}, 'false')).toBeNull();
    expect(held('assignment_enabled', {})).toBeNull();
  });
});

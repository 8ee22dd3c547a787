/** Expectations: interfaces §1 (flags of an existing folder), replies §8 (gates at start-up). */
import { describe, expect, it } from 'vitest';
import { unansweredTenant } from '../../config/tenant.ts';
import type { AuthMethod } from '../../events/auth-methods.ts';
import type { Workspace } from '../workspace/settings.ts';
import { furnishFlags, furnishSecrets, modeOf } from './furnish.ts';

const WORKSPACE: Workspace = {
  origin: 'https://api.richpanel.com',
  baseUrl: 'https://api.richpanel.com/v1',
  apiKey: 'key-1',
  seat: 'usr_42',
  isLoopback: false,
};

function secretsOf(known: Record<string, string> = {}) {
  const all = new Map(Object.entries(known));
  return { all, value: (id: string) => all.get(id) ?? null, put: (id: string, text: string) => void all.set(id, text) };
}

describe('secrets', () => {
  it('of a real workspace are those of this start, and a folder stays with its helpdesk', () => {
    const secrets = secretsOf();
    const { webhookToken } = furnishSecrets(secrets, 'local', WORKSPACE);
    furnishSecrets(secrets, 'local', { ...WORKSPACE, apiKey: 'key-2' });
    expect(secrets.all.get('frontdesk/local/richpanel/api_key')).toBe('key-2');
    expect(secrets.all.get('frontdesk/local/richpanel/bot_agent_id')).toBe('usr_42');
    expect(furnishSecrets(secrets, 'local', WORKSPACE).webhookToken).toBe(webhookToken);
    expect(() => furnishSecrets(secrets, 'local', null)).toThrow('belongs to https://api.richpanel.com');
    expect(() => furnishSecrets(secrets, 'local', { ...WORKSPACE, origin: 'http://127.0.0.1:1' })).toThrow(
      'belongs to',
    );
  });

  it.each<[AuthMethod, RegExp]>([
    ['header_token', /^[0-9a-f]{64}$/],
    ['url_token', /^[0-9a-f]{64}$/],
    ['standard_webhooks', /^whsec_[A-Za-z0-9+/]{43}=$/],
  ])('of the webhook fit the method %s, and stay while they do', (auth, form) => {
    const secrets = secretsOf();
    const first = furnishSecrets(secrets, 'local', null, auth);
    expect(first.webhookToken).toMatch(form);
    expect(furnishSecrets(secrets, 'local', null, auth)).toEqual({ ...first, isWebhookTokenRenewed: false });
  });

  it('of the webhook that are too short, or fit another method, give way to a new one, and it is said', () => {
    const short = JSON.stringify({ active_tokens: ['a1'.repeat(24)] });
    const secrets = secretsOf({ 'frontdesk/local/richpanel/webhook_token': short });
    const { webhookToken, isWebhookTokenRenewed } = furnishSecrets(secrets, 'local', null);
    expect(isWebhookTokenRenewed).toBe(true);
    expect(secrets.all.get('frontdesk/local/richpanel/webhook_token')).toBe(
      JSON.stringify({ active_tokens: [webhookToken] }),
    );
    expect(furnishSecrets(secrets, 'local', null, 'standard_webhooks').isWebhookTokenRenewed).toBe(true);
  });

  it('of the sandbox are no real workspace’s, also in a folder of an older release', () => {
    const secrets = secretsOf({ 'frontdesk/local/hash_salt': '{}' });
    furnishSecrets(secrets, 'local', null);
    expect(() => furnishSecrets(secrets, 'local', WORKSPACE)).toThrow('belongs to the sandbox');
    expect(secrets.all.get('frontdesk/local/richpanel/bot_agent_id')).toBe('usr_bot_01');
  });
});

describe('flags', () => {
  it('are closed at every start while nothing is known, as recorded changes of an existing folder', () => {
    const values = new Map<string, string>();
    const recorded: string[] = [];
    const ssm = { value: (name: string) => values.get(name) ?? null };
    const put = (name: string, value: string, isRecorded: boolean) => {
      values.set(name, value);
      if (isRecorded) recorded.push(`${name} ${value}`);
    };
    const { answers } = unansweredTenant();
    const start = (isNew: boolean) =>
      furnishFlags(ssm, put, { env: 'local', isNew, mode: isNew ? 'shadow' : null, now: 0, answers });
    expect(start(true)).toHaveLength(8);
    expect([recorded, modeOf(ssm, 'local', answers)]).toEqual([[], 'shadow']);
    values.set('/frontdesk/local/agent_note_enabled', 'true');
    values.set('/frontdesk/local/assignment_enabled', 'false');
    expect(start(false)).toEqual([
      'agent_note_enabled stays false: a private comment is not proven to stay private (V15)',
    ]);
    expect(recorded).toEqual(['/frontdesk/local/agent_note_enabled false']);
    expect(values.get('/frontdesk/local/assignment_enabled')).toBe('false');
  });

  it.each([
    { when: 'was never lost', generation: null, whole: null, automation: 'true' },
    { when: 'was lost', generation: '2', whole: '1', automation: 'false' },
    { when: 'was lost, and never called whole', generation: '2', whole: null, automation: 'false' },
    { when: 'is whole again', generation: '2', whole: '2', automation: 'true' },
  ])('a mode opens automation only where the ledger is whole: it $when', ({ generation, whole, automation }) => {
    const values = new Map([['/frontdesk/local/automation_enabled', 'false']]);
    if (generation !== null) values.set('/frontdesk/local/ledger_generation', generation);
    if (whole !== null) values.set('/frontdesk/local/ledger_whole', whole);
    const ssm = { value: (name: string) => values.get(name) ?? null };
    const { answers } = unansweredTenant();
    furnishFlags(ssm, (name, value) => void values.set(name, value), {
      env: 'local',
      isNew: false,
      mode: 'auto',
      now: 0,
      answers: { ...answers, V14: { ...answers.V14, answer: 'yes' } },
    });
    expect(values.get('/frontdesk/local/automation_enabled')).toBe(automation);
    expect(values.get('/frontdesk/local/assignment_enabled')).toBe('true');
  });
});

/** Expectations: platform §1.3–1.5, §2.1, §2.6, §4.5, §5.3; architecture §3, §10 rulings 21 and 31. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../events/catalogue.ts';
import { FACTS } from '../events/facts.ts';
import { TIMES } from '../functions/shared/times.ts';
import { topology } from './topology.ts';
import { RETENTION_MARGIN_DAYS } from './topology-archives.ts';

const DAY_MS = 86_400_000;

describe('functions', () => {
  it('run as platform §1.3 says: timeout, memory, reserved concurrency', () => {
    expect(
      topology.functions.map((one) => [one.name, one.timeoutSeconds, one.memoryMb, one.reservedConcurrency]),
    ).toEqual([
      ['ingest', 5, 256, null],
      ['classify', 75, 1024, 4],
      ['order-lookup', 45, 512, 1],
      ['verify', 75, 512, 2],
      ['responder-route', 45, 512, 1],
      ['responder-reply', 90, 512, 1],
      ['responder-settle', 75, 512, 1],
      ['auditor', 15, 256, 5],
      ['sweeper', 60, 256, 1],
      ['reconciler', 60, 256, 1],
      ['flag-watcher', 10, 128, 1],
      ['sealer', 60, 256, 1],
    ]);
  });

  it('press on vendors with a concurrency of ten in all', () => {
    const vendorFacing = topology.functions.filter(({ name }) =>
      /^(classify|order-lookup|verify|responder-)/.test(name),
    );
    expect(vendorFacing.reduce((sum, one) => sum + (one.reservedConcurrency ?? Number.NaN), 0)).toBe(10);
  });

  it('are tried three times by Lambda; responder-reply once, within its age', () => {
    for (const { name, async } of topology.functions)
      expect(async, name).toEqual(
        name === 'responder-reply' ? { retries: 0, maxAgeSeconds: 600 } : { retries: 2, maxAgeSeconds: 21_600 },
      );
  });

  it('that park have a later queue; the sweeper runs every minute, the reconciler every 15, the sealer every hour; only ingest is reached by HTTP', () => {
    const names = (which: (one: (typeof topology.functions)[number]) => boolean) =>
      topology.functions.filter(which).map(({ name }) => name);
    expect(names(({ laterQueue }) => !laterQueue)).toEqual([
      'ingest',
      'sweeper',
      'reconciler',
      'flag-watcher',
      'sealer',
    ]);
    expect(
      topology.functions.filter((one) => one.scheduleSeconds !== null).map((one) => [one.name, one.scheduleSeconds]),
    ).toEqual([
      ['sweeper', 60],
      ['reconciler', 900],
      ['sealer', 3_600],
    ]);
    expect(names(({ http }) => http)).toEqual(['ingest']);
  });

  it('all publish but the auditor', () => {
    expect(topology.functions.filter(({ publishes }) => !publishes).map(({ name }) => name)).toEqual(['auditor']);
  });

  it.each(topology.functions.map(({ name, entry }) => ({ name, entry })))('$name has its entry $entry', ({ entry }) => {
    expect(existsSync(new URL(`../${entry}`, import.meta.url))).toBe(true);
  });
});

describe('secrets', () => {
  it('are read by whom platform §1.4 and ruling 31 name', () => {
    const readers = Object.fromEntries(
      topology.secrets.map(({ name: secret }) => [
        secret,
        topology.functions.filter(({ secrets }) => secrets.includes(secret)).map(({ name }) => name),
      ]),
    );
    const helpdeskUsers = ['classify', 'order-lookup', 'responder-route', 'responder-reply', 'responder-settle'];
    expect(readers['richpanel/api_key']).toEqual([...helpdeskUsers, 'reconciler']);
    expect(readers['openai/api_key']).toEqual(['classify', 'verify']);
    expect(readers['richpanel/webhook_token']).toEqual(['ingest']);
    expect(readers['richpanel/bot_agent_id']).toEqual(['classify', 'responder-reply', 'responder-settle']);
    expect(readers.vault_key).toEqual(['classify', 'order-lookup', 'verify', 'responder-reply']);
  });

  it('a function reads none that is not declared; auditor, sweeper and flag-watcher read none of a vendor', () => {
    const declared = topology.secrets.map(({ name }) => name);
    for (const { name, secrets } of topology.functions) {
      expect(
        secrets.filter((secret) => !declared.includes(secret)),
        name,
      ).toEqual([]);
      if (['auditor', 'sweeper', 'flag-watcher'].includes(name))
        expect(
          secrets.filter((secret) => /^(richpanel|openai)/.test(secret)),
          name,
        ).toEqual([]);
    }
  });
});

describe('tables', () => {
  const table = (name: string) => topology.tables.find((one) => one.name === name);

  it('have the keys of platform §2.1 and the sparse indexes of §2.2', () => {
    expect(topology.tables.map((one) => [one.name, one.partitionKey, one.sortKey])).toEqual([
      ['idempotency', 'key', undefined],
      ['conversation_state', 'conversation_id', undefined],
      ['audit_trail', 'conversation_id', 'ts_action_id'],
      ['vault', 'ref', undefined],
      ['vendor_limits', 'bucket', undefined],
      ['read_models', 'model', 'key'],
    ]);
    expect(table('idempotency')?.indexes).toEqual([
      { name: 'open-next_sweep_at', partitionKey: 'open', sortKey: 'next_sweep_at' },
      { name: 'open-received_at', partitionKey: 'open', sortKey: 'received_at' },
    ]);
    expect(table('idempotency')?.numericKeys).toEqual(['next_sweep_at', 'received_at']);
    for (const { ttlAttribute } of topology.tables) expect(ttlAttribute).toBe('expires_at');
  });

  it('order facts and message text each have one writer and one reader', () => {
    expect(table('vault')?.grants).toEqual({
      classify: [{ prefix: 'txt:', access: ['write'] }],
      verify: [{ prefix: 'txt:', access: ['read'] }],
      'order-lookup': [{ prefix: 'ord:', access: ['write'] }],
      'responder-reply': [{ prefix: 'ord:', access: ['read', 'delete'] }],
    });
  });

  it('the door stands open to the sender and to whoever shuts it, and to nobody else', () => {
    const grants = table('idempotency')?.grants ?? {};
    const mayTouch = Object.entries(grants).flatMap(([name, keys]) =>
      keys.some(({ prefix }) => 'act:rp_reply:'.startsWith(prefix) && prefix.startsWith('act:')) ? [name] : [],
    );
    expect(mayTouch).toEqual(['responder-reply', 'responder-settle', 'sweeper']);
  });

  it('a consumer claims events under its own name only', () => {
    for (const [name, keys] of Object.entries(table('idempotency')?.grants ?? {}))
      for (const { prefix } of keys)
        if (prefix.startsWith('csm')) expect(prefix).toBe(`csm:${name}:`);
        else expect(prefix).toMatch(/^(evt|act|cust|match|fbk)/);
  });

  it('intake reads and writes message records and what agents say by tag, and nothing else', () => {
    const granted = topology.tables.flatMap(({ name, grants }) =>
      (grants.ingest ?? []).map((grant) => ({ name, ...grant })),
    );
    expect(granted).toEqual([
      { name: 'idempotency', prefix: 'evt:', access: ['read', 'write'] },
      { name: 'idempotency', prefix: 'fbk:', access: ['read', 'write'] },
    ]);
  });

  it('the trail is written by the auditor; what it holds is read by no function but the sealer, for its leaves', () => {
    expect(table('audit_trail')?.grants).toEqual({
      auditor: [
        { prefix: '', access: ['write'] },
        { prefix: 'erased#', access: ['read'] },
      ],
      sealer: [
        { prefix: 'hour#*', access: ['query'] },
        { prefix: 'seals#', access: ['list', 'write'] },
        { prefix: 'leaves#', access: ['list', 'write'] },
      ],
    });
  });
});

describe('archives', () => {
  it('keep everything for 14 days and decision facts for 180', () => {
    expect(topology.archives.map(({ name, retentionDays }) => [name, retentionDays])).toEqual([
      ['recovery', 14],
      ['facts', 180],
    ]);
    expect(topology.archives[0]?.pattern).toEqual({ source: [{ prefix: 'frontdesk.' }] });
  });

  it('the ledger outlives every event that a recovery could bring back by 7 days', () => {
    const { evt, csm, act } = TIMES.ttl;
    const recovery = topology.archives.find(({ name }) => name === 'recovery');
    expect(((recovery?.retentionDays ?? Number.NaN) + RETENTION_MARGIN_DAYS) * DAY_MS).toBeLessThanOrEqual(
      Math.min(evt, csm, act),
    );
    expect(RETENTION_MARGIN_DAYS).toBe(7);
  });

  it('of facts holds all but intake and operations: each new event must be placed', () => {
    const operational = [
      'MessageReceived',
      'MissedMessageDetected',
      'MessageDeduplicated',
      'RedactionFailed',
      'DeadLettered',
      'ReplayStarted',
      'ReplayCompleted',
      'ReconciliationCompleted',
    ];
    expect([...FACTS, ...operational].sort()).toEqual([...EVENT_NAMES].sort());
  });
});

describe('flags', () => {
  it('fall to the side on which a person decides (platform §1.5, ruling 21)', () => {
    const safe = Object.fromEntries(topology.flags.map((flag) => [flag.name, flag.safe]));
    expect(safe).toMatchObject({
      safe_mode: true,
      shadow_mode: true,
      automation_enabled: false,
      automation_enabled_channels: [],
      assignment_enabled: false,
      outbound_enabled: false,
      richpanel_read_only: true,
      prod_writes_ack: null,
      outbound_allowlist: [],
      tier2_enabled: false,
      auto_close_enabled: false,
      embedded_replies_enabled: false,
      reply_epoch: null,
      blocked_intents: [],
      classify_tier0_anyway: false,
      holiday_calendar: 'none',
      transit_map: '',
      'template_enabled/t_order_status_verified': false,
    });
  });

  it('every template has its switch, off', () => {
    const switches = topology.flags.filter(({ name }) => name.startsWith('template_enabled/'));
    expect(switches).toHaveLength(24);
    expect(new Set(switches.map(({ safe }) => safe))).toEqual(new Set([false]));
  });
});

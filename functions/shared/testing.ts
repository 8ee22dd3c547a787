/** For tests: one function, or all of them, on memory ports and a clock that stands still until told to move. */

import { SHIPPED } from '../../config/shipped.testing.ts';
import { CATALOGUE, type EventName } from '../../events/catalogue.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import type { Metadata } from '../../events/envelope.ts';
import { FLAGS, TEMPLATE_FLAG_NAMES } from '../../events/flags.ts';
import type { FunctionName } from '../../events/words.ts';
import { POLICY } from '../../policy/policy.ts';
import { LIBRARY } from '../../templates/generated/library.ts';
import { memoryBus } from './bus/memory.ts';
import { memoryClock } from './clock/memory.ts';
import type { Base, Capabilities, Container } from './container.ts';
import { loadDigester } from './digests.ts';
import { EMBEDDED } from './embedded/testing.ts';
import { flagsFrom } from './flags/flags.ts';
import { memoryHelpdesk } from './helpdesk/memory.ts';
import { seededIds } from './ids/memory.ts';
import { memoryParameters } from './parameters/memory.ts';
import { memoryQueues } from './queues/memory.ts';
import { memoryRecords } from './records/memory.ts';
import { memorySecrets } from './secrets/memory.ts';
import { memoryStore } from './store/memory.ts';
import { memoryTelemetry } from './telemetry/memory.ts';
import { WAITS } from './times.ts';
import { cipherFrom } from './vault/cipher.ts';

/** Starts on a Thursday noon; `sleep` moves the clock instead of waiting. */
export const testClock = () => memoryClock(Date.parse('2026-01-15T12:00:00.000Z'));
export type TestClock = ReturnType<typeof testClock>;

/** All flags on, as `--mode auto` sets them (interfaces §1). */
export function openFlags(epoch = '2026-01-01T00:00:00.000Z'): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, { safe }] of Object.entries(FLAGS)) if (safe !== null) values.set(name, safe);
  for (const name of ['safe_mode', 'shadow_mode', 'richpanel_read_only']) values.set(name, 'false');
  for (const name of [
    'automation_enabled',
    'outbound_enabled',
    'assignment_enabled',
    'tier2_enabled',
    'auto_close_enabled',
  ])
    values.set(name, 'true');
  values.set('automation_enabled_channels', 'livechat,email');
  values.set('outbound_allowlist', '*');
  values.set('reply_epoch', epoch);
  values.set('ledger_whole', '1');
  for (const name of TEMPLATE_FLAG_NAMES) values.set(name, 'true');
  return values;
}

export const TEST_TOKEN = 'test-token-test-token-test-token-test-token-0001';

/** Shared state of one test: every container made from it sees the same tables, bus and helpdesk. */
export function testWorld(clock: TestClock = testClock()) {
  const ids = seededIds(7);
  const store = memoryStore(clock);
  const bus = memoryBus();
  const parameters = memoryParameters(openFlags());
  const secrets = memorySecrets(
    new Map([
      ['richpanel/webhook_token', JSON.stringify({ active_tokens: [TEST_TOKEN] })],
      ['richpanel/bot_agent_id', 'usr_bot_01'],
      ['hash_salt', JSON.stringify({ current: 1, versions: { 1: 'salt-salt-salt-salt-salt-salt-salt-01' } })],
      ['vault_key', 'vault-key-vault-key-vault-key-vault'],
    ]),
  );
  const helpdesk = memoryHelpdesk(clock);
  const records = memoryRecords();
  const container = (name: FunctionName) => {
    const telemetry = memoryTelemetry(name);
    const queues = memoryQueues(clock);
    const base: Base = {
      ...telemetry,
      settings: {
        functionName: name,
        env: 'local',
        release: '0.1.0',
        brandId: 'main',
        timeoutMs: 60_000,
        configVersion: 'config-test',
        traceShare: 1,
        reopenProven: true,
        notePrivate: true,
        agesFrom: 'older',
      },
      clock,
      waits: WAITS,
      ids,
      store,
      bus,
      queues,
      flags: flagsFrom(parameters, clock, telemetry, { cacheMs: 0, writesPhrase: null }),
      config: SHIPPED.config,
      policy: POLICY,
    };
    const capabilities: Capabilities = {
      secrets,
      digests: () => loadDigester(secrets),
      cipher: cipherFrom(secrets, ids),
      helpdesk,
      directory: helpdesk,
      tagger: helpdesk,
      closer: helpdesk,
      noter: helpdesk,
      sender: helpdesk,
      orders: helpdesk,
      ...EMBEDDED,
      modelClassifier: null,
      modelVerifier: null,
      limits: { take: async () => true },
      templates: LIBRARY,
      parameters,
      intakeRule: { isEnabled: async () => true },
      records,
    };
    return Object.assign({ ...base, ...capabilities } satisfies Container<keyof Capabilities>, { queues, telemetry });
  };
  return { clock, store, bus, parameters, secrets, helpdesk, records, container };
}

/** A fact made of its event's own example, about message `cmt_1` of conversation `conv_1`, stated at the given instant. */
export function exampleOf(
  name: EventName,
  now: number,
  about: Partial<Metadata> = {},
  data: Readonly<Record<string, unknown>> = {},
): AnyEvent {
  const at = new Date(now).toISOString();
  const eventId = '0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f';
  return {
    metadata: {
      eventId,
      eventName: name,
      schemaVersion: CATALOGUE[name].version,
      occurredAt: at,
      publishedAt: at,
      conversationId: 'conv_1',
      messageId: 'cmt_1',
      messageKey: 'cmt_1',
      intakeKey: 'cmt_1',
      conversationSeq: '01KF0000000000000000000001',
      brandId: 'main',
      hops: 1,
      correlationId: 'trc_01JQ8Z5M9H3V6T2K4N7P0R1S8W',
      causationId: eventId,
      rootEventId: eventId,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      producer: CATALOGUE[name].producers[0],
      release: '0.1.0',
      env: 'local',
      channel: 'email',
      receivedAt: at,
      commentCreatedAt: at,
      replay: null,
      piiClass: CATALOGUE[name].pii,
      versions: {},
      ...about,
    },
    data: { ...CATALOGUE[name].example, ...data },
  };
}

/** The fact as EventBridge hands it to a function. */
export function delivered(fact: AnyEvent, replayName?: string): unknown {
  return {
    'detail-type': fact.metadata.eventName,
    source: `frontdesk.${fact.metadata.producer}`,
    detail: structuredClone(fact),
    ...(replayName === undefined ? {} : { 'replay-name': replayName }),
  };
}

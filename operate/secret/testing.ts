/** A rotation while requests come in: containers of the real `ingest` with caches of every age, on a clock that the test moves. */
import { ingest } from '../../functions/ingest/handler.ts';
import { memoryClock } from '../../functions/shared/clock/memory.ts';
import type { Clock } from '../../functions/shared/ports.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import { TEST_TOKEN, testWorld } from '../../functions/shared/testing.ts';
import { createRandom } from '../../local/sandbox/model/random.ts';
import { type Sample, useOf } from './door-gauges.ts';
import { takeLease } from './driver.ts';
import type { Rotating } from './rotate.ts';
import { changedMeanwhile, type SecretStore, type StoredSecret } from './stored-secret.ts';
import { rotationTimes } from './times.ts';

const START = Date.parse('2026-01-15T12:00:00.000Z');
/** Between requests. */
const STEP_MS = 5_000;
/** A read of the secret may answer with what stood there so long ago: no run of `ingest` lasts longer. */
const READ_LAG_MS = 5_000;
const CONTAINERS = 3;

export function rotationWorld(seed: number, first = TEST_TOKEN) {
  const random = createRandom(seed);
  const clock = memoryClock(START);
  const leases = memoryStore(clock);
  const versions: StoredSecret[] = [];
  keep(JSON.stringify({ active_tokens: [first], notes: 'set up by hand' }));
  const samples: Sample[] = [];
  const refused: string[] = [];
  const senders = { told: first, wasTold: first, slow: first, slowUntil: 0, thief: '' };
  let containers = Array.from({ length: CONTAINERS }, newContainer);

  function keep(text: string): void {
    versions.push({ version: `v${versions.length}`, text, at: new Date(clock.now()).toISOString() });
  }
  const current = (): StoredSecret => versions.at(-1) as StoredSecret;
  function readLate(): string {
    const seenAt = clock.now() - random() * READ_LAG_MS;
    return (versions.findLast(({ at }) => Date.parse(at) <= seenAt) ?? versions[0] ?? current()).text;
  }

  function newContainer() {
    const base = testWorld(clock).container('ingest');
    const slots: number[] = [];
    const handle = ingest({
      ...base,
      clock,
      secrets: {
        read: async (name) => (name === 'richpanel/webhook_token' ? readLate() : base.secrets.read(name)),
      },
      metrics: {
        ...base.metrics,
        observe: (name, value) => void (name === 'ingress.auth_token_slot' && slots.push(value)),
      },
    });
    /** An event that the door knows and does not want: authenticated, then ignored. */
    return async (token: string): Promise<number> => {
      slots.length = 0;
      const { statusCode } = await handle({
        rawPath: '/webhook',
        headers: { 'x-richpanel-webhook-token': token, 'content-type': 'application/json' },
        body: '{"ticket_id":"t-1","trigger":"agent_message"}',
        requestContext: { http: { method: 'POST' } },
      });
      const isRefused = statusCode === 401;
      samples.push({
        at: clock.now(),
        requests: 1,
        authFailures: Number(isRefused),
        duplicates: 0,
        failed: 0,
        slots: [...slots],
      });
      return statusCode;
    };
  }

  /** Whoever was told the token sends it; so does a request that was on its way, and a second sender that is told later. */
  async function traffic(): Promise<void> {
    if (clock.now() >= senders.slowUntil) senders.slow = senders.told;
    for (const token of [senders.told, senders.wasTold, senders.slow]) {
      const container = containers[Math.floor(random() * CONTAINERS)];
      const status = await container?.(token);
      if (status !== 200) refused.push(`${new Date(clock.now()).toISOString()}: ${status}`);
    }
    senders.wasTold = senders.told;
    if (senders.thief !== '') await containers[Math.floor(random() * CONTAINERS)]?.(senders.thief);
    if (random() < 0.02) containers = [...containers.slice(1), newContainer()];
  }

  let nextAt = 0;
  const busyClock: Clock = {
    ...clock,
    async sleep(ms, until) {
      for (let left = ms; left > 0 && until?.aborted !== true; left -= STEP_MS) {
        clock.advance(Math.min(left, STEP_MS));
        if (clock.now() < nextAt) continue;
        nextAt = clock.now() + STEP_MS;
        await traffic();
      }
    },
  };

  const store: SecretStore = {
    read: async () => current(),
    previous: async () => versions.at(-2) ?? null,
    async replace(basedOn, text) {
      if (current().version !== basedOn) throw changedMeanwhile(current().at);
      keep(text);
      return current();
    },
  };

  return {
    clock: busyClock,
    store,
    refused,
    senders,
    secret: () => JSON.parse(current().text) as { active_tokens: string[]; notes: string; created_at?: string },
    /** How many containers accept a token just now. */
    async accepting(token: string): Promise<number> {
      const answers = await Promise.all(containers.map((container) => container(token)));
      return answers.filter((status) => status === 200).length;
    },
    lease: (by: string) => takeLease(leases, by, clock),
    /** What a command is made of; `laid` over it is what the test is about. */
    async rotating(laid: Partial<Rotating> = {}): Promise<Rotating> {
      return {
        store,
        sender: {
          isOurs: true,
          async point(token) {
            senders.told = token;
            senders.slowUntil = clock.now() + random() * 600_000;
          },
        },
        gauges: {
          since: async (from, keep) => useOf(samples, from, keep),
          lastUses: async () => [],
          lateMs: 0,
        },
        driver: laid.driver ?? (await takeLease(leases, 'nora', clock)),
        clock: busyClock,
        times: rotationTimes(1, laid.isEmergency ?? false, 15_000),
        by: 'nora',
        isEmergency: false,
        objections: async () => [],
        isRefused: async (gone) =>
          (await Promise.all(gone.map((token) => containers[0]?.(token)))).every((status) => status === 401),
        newToken: () => `test-token-${versions.length}`.padEnd(64, '0'),
        newId: () => 'rotation-1',
        tell: () => {},
        signal: new AbortController().signal,
        ...laid,
      };
    },
  };
}

export type RotationWorld = ReturnType<typeof rotationWorld>;

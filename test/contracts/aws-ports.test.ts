/** Bus, queues, parameters and secrets: one meaning on the real SDK and in memory (platform §5.3–5.4, protocols §2, §5). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventBridgeBus } from '../../functions/shared/bus/live-eventbridge.ts';
import { memoryBus } from '../../functions/shared/bus/memory.ts';
import { memoryClock } from '../../functions/shared/clock/memory.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import { seededIds } from '../../functions/shared/ids/memory.ts';
import { ssmParameters } from '../../functions/shared/parameters/live-ssm.ts';
import { memoryParameters } from '../../functions/shared/parameters/memory.ts';
import type { Bus, BusEntry, Parameters, Queues, Secrets } from '../../functions/shared/ports.ts';
import { sqsQueues } from '../../functions/shared/queues/live-sqs.ts';
import { memoryQueues } from '../../functions/shared/queues/memory.ts';
import { retryingBus, retryingParameters, retryingQueues, retryingSecrets } from '../../functions/shared/retrying.ts';
import { cachedSecrets } from '../../functions/shared/secrets/cached-secrets.ts';
import { secretsManagerSecrets } from '../../functions/shared/secrets/live-secretsmanager.ts';
import { memorySecrets } from '../../functions/shared/secrets/memory.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { type Loss, losingAnswers } from './lost-answers.ts';

const clock = memoryClock(Date.UTC(2026, 0, 31, 9, 30, 0));
const waiting = { clock, ids: seededIds('aws-ports') };

let endpoint: Endpoint;
const losses: Record<'bus' | 'queues' | 'parameters' | 'secrets', Loss | undefined> = {
  bus: undefined,
  queues: undefined,
  parameters: undefined,
  secrets: undefined,
};
beforeAll(async () => {
  endpoint = await openEndpoint();
  losses.bus = losingAnswers(endpoint.eventBridge);
  losses.queues = losingAnswers(endpoint.sqsClient);
  losses.parameters = losingAnswers(endpoint.ssmClient);
  losses.secrets = losingAnswers(endpoint.secretsClient);
});
afterAll(() => endpoint.close());

/** A memory port whose next call takes effect and then fails, as on a broken wire. */
function losing<P extends object>(port: P): { readonly port: P; readonly loss: Loss } {
  let isArmed = false;
  const wrapped = new Proxy(port, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== 'function') return member;
      return async (...call: unknown[]) => {
        const answer: unknown = await Reflect.apply(member, target, call);
        if (!isArmed) return answer;
        isArmed = false;
        throw new VendorError('eventbridge', 'network', { applied: 'unknown' });
      };
    },
  });
  return {
    port: wrapped,
    loss: {
      arm: () => {
        isArmed = true;
      },
    },
  };
}

describe.each(['EventBridge', 'memory'])('the bus (%s)', (kind) => {
  let bus: Bus;
  let loss: Loss;
  let heard: () => readonly { source: string; detailType: string; detail: unknown }[];
  const entry = (serial: number, detail = `{"n":${serial}}`): BusEntry => ({
    source: `frontdesk.${kind === 'memory' ? 'verify' : 'classify'}`,
    detailType: 'ReplyDenied',
    detail,
  });

  beforeEach(async () => {
    if (kind === 'memory') {
      const memory = memoryBus();
      ({ port: bus, loss } = losing(memory));
      heard = () =>
        memory.published.map(({ source, detailType, detail }) => ({ source, detailType, detail: JSON.parse(detail) }));
      return;
    }
    await endpoint.forget();
    bus = eventBridgeBus(endpoint.eventBridge, 'local');
    loss = losses.bus ?? raise();
    heard = endpoint.heard;
  });
  const numbers = () =>
    heard()
      .map(({ detail }) => (detail as { n: number }).n)
      .sort((left, right) => left - right);

  it('publishes what it is given, source and detail-type included', async () => {
    expect(await bus.putEvents([entry(1), entry(2)])).toEqual({ failed: [] });
    await expect.poll(numbers).toEqual([1, 2]);
    expect(heard()[0]).toMatchObject({ source: entry(1).source, detailType: 'ReplyDenied' });
  });

  it('names the entries that were not taken; the others are on the bus', async () => {
    const { failed } = await bus.putEvents([entry(1), entry(2, 'no json'), entry(3)]);
    expect(failed).toEqual([{ index: 1, code: 'MalformedDetail' }]);
    await expect.poll(numbers).toEqual([1, 3]);
  });

  it('refuses more than ten at once', async () => {
    await expect(bus.putEvents(Array.from({ length: 11 }, (_value, index) => entry(index)))).rejects.toMatchObject({
      kind: 'invalid',
      applied: 'no',
    });
  });

  it('publishes twice when the answer is lost and the call repeated: at least once', async () => {
    loss.arm();
    expect(await retryingBus(bus, waiting).putEvents([entry(7)])).toEqual({ failed: [] });
    await expect.poll(numbers).toEqual([7, 7]);
  });
});

describe.each(['SQS', 'memory'])('the queues of a function (%s)', (kind) => {
  let queues: Queues;
  let loss: Loss;
  let failures: () => { body: string; cause: string }[];
  let delays: () => { body: string; seconds: number }[];

  beforeEach(() => {
    if (kind === 'memory') {
      const memory = memoryQueues(clock);
      ({ port: queues, loss } = losing(memory));
      failures = () => [...memory.failed];
      delays = () => memory.waiting.map(({ body, dueAt }) => ({ body, seconds: (dueAt - clock.now()) / 1000 }));
      return;
    }
    endpoint.emptyQueues('verify');
    queues = sqsQueues(endpoint.sqsClient, 'local', 'verify', (ms) => ms / 1000);
    loss = losses.queues ?? raise();
    failures = () => endpoint.received('frontdesk-local-verify-failures');
    delays = () => endpoint.delayed('frontdesk-local-verify-later');
  });

  it('puts what cannot be finished into the failure queue, with the cause', async () => {
    await queues.failure('{"a":1}', 'unknown_major');
    expect(failures()).toEqual([{ body: '{"a":1}', cause: 'unknown_major' }]);
  });

  it('delays what is parked, within what a queue carries', async () => {
    await queues.later('soon', 5_000);
    await queues.later('far', 3_600_000);
    await queues.later('past', -1_000);
    await queues.later('half', 1_200);
    expect(Object.fromEntries(delays().map(({ body, seconds }) => [body, seconds]))).toEqual({
      soon: 5,
      far: 900,
      past: 0,
      half: 2,
    });
  });

  it('may hold a message twice when the answer is lost and the call repeated', async () => {
    await queues.failure('first', 'bug');
    loss.arm();
    await retryingQueues(queues, waiting).failure('again', 'bug');
    expect(failures().map(({ body }) => body)).toEqual(['first', 'again', 'again']);
  });
});

describe.each(['SSM', 'memory'])('the parameters (%s)', (kind) => {
  let parameters: Parameters;
  let loss: Loss;
  const names = Array.from({ length: 23 }, (_value, index) => `flag_${index}`);

  beforeEach(() => {
    const values = new Map(names.map((name) => [name, `value of ${name}`]));
    values.delete('flag_11');
    values.set('template_enabled/t_order_status_verified', 'true');
    if (kind === 'memory') {
      ({ port: parameters, loss } = losing(memoryParameters(values)));
      return;
    }
    for (const [name, value] of values) endpoint.putParameter(`/frontdesk/local/${name}`, value);
    parameters = ssmParameters(endpoint.ssmClient, 'local');
    loss = losses.parameters ?? raise();
  });

  it('reads any number of names at once; a missing one is null', async () => {
    const read = await parameters.read([...names, 'template_enabled/t_order_status_verified']);
    expect(read).toEqual({
      ...Object.fromEntries(names.map((name) => [name, `value of ${name}`])),
      flag_11: null,
      'template_enabled/t_order_status_verified': 'true',
    });
    expect(await parameters.read([])).toEqual({});
  });

  it('reads again when an answer is lost', async () => {
    loss.arm();
    expect(await retryingParameters(parameters, waiting).read(['flag_1'])).toEqual({ flag_1: 'value of flag_1' });
  });
});

describe.each(['Secrets Manager', 'memory'])('the secrets (%s)', (kind) => {
  let secrets: Secrets;
  let loss: Loss;
  let put: (name: string, value: string) => void;

  beforeEach(() => {
    if (kind === 'memory') {
      const memory = memorySecrets();
      ({ port: secrets, loss } = losing(memory));
      put = (name, value) => void memory.values.set(name, value);
    } else {
      secrets = secretsManagerSecrets(endpoint.secretsClient, 'local');
      loss = losses.secrets ?? raise();
      put = (name, value) => endpoint.putSecret(`frontdesk/local/${name}`, value);
    }
    put('richpanel/api_key', 'first');
  });

  it('reads by short name, fresh', async () => {
    expect(await secrets.read('richpanel/api_key')).toBe('first');
    put('richpanel/api_key', 'second');
    expect(await secrets.read('richpanel/api_key')).toBe('second');
  });

  it('says when there is none', async () => {
    await expect(secrets.read('richpanel/nowhere')).rejects.toMatchObject({ vendor: 'secrets', kind: 'not_found' });
  });

  it('reads again when an answer is lost', async () => {
    loss.arm();
    expect(await retryingSecrets(secrets, waiting).read('richpanel/api_key')).toBe('first');
  });

  it('keeps a secret for 300 s and no failure, when cached', async () => {
    const kept = cachedSecrets(secrets, clock, 300_000);
    expect(await kept.read('richpanel/api_key')).toBe('first');
    put('richpanel/api_key', 'second');
    clock.advance(299_999);
    expect(await kept.read('richpanel/api_key')).toBe('first');
    clock.advance(1);
    expect(await kept.read('richpanel/api_key')).toBe('second');
    await expect(kept.read(`later-${kind.length}`)).rejects.toMatchObject({ kind: 'not_found' });
    put(`later-${kind.length}`, 'there');
    expect(await kept.read(`later-${kind.length}`)).toBe('there');
  });
});

function raise(): never {
  throw new Error('the endpoint is not open');
}

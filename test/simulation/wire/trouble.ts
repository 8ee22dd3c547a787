/** What goes wrong around the processes: a helpdesk that lies and lags, outages, an operator who stops and starts replies. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { parameterClient } from '../../../operate/instance/clients.ts';
import { stageOf } from '../../../operate/instance/instance.ts';
import type { SwitchFact } from '../facts.ts';
import type { Random } from '../kernel/random.ts';
import type { FaultName } from '../world/faults.ts';
import { control } from './control.ts';
import { add, type Counts } from './counts.ts';

/** The oldest state that a stale read shows. */
export const STALE_MS = 600;
/** Longer than the client's patience; a write without an answer holds its socket no longer than that. */
const HOLD_MS = 12_000;
const TICKET = '/v1/tickets/:id';

/** Shares of the requests, as the sandbox's own switches (reference §12.4); the first that matches has the request. */
const SWITCHES: readonly { readonly name: FaultName; readonly rule: Readonly<Record<string, unknown>> }[] = [
  { name: 'throttle', rule: { probability: 0.01, fault: { name: 'rate429', retryAfter: 1 } } },
  { name: 'error', rule: { probability: 0.01, fault: { name: 'status', code: 500 } } },
  {
    name: 'timeout-lost',
    rule: { match: { method: 'PUT' }, probability: 0.01, fault: { name: 'timeout_before_write', ms: HOLD_MS } },
  },
  {
    name: 'timeout-applied',
    rule: { match: { method: 'PUT' }, probability: 0.01, fault: { name: 'write_then_timeout', ms: HOLD_MS } },
  },
  {
    name: 'stale-read',
    rule: { match: { method: 'GET', path: TICKET }, probability: 0.03, fault: { name: 'stale_read', ms: STALE_MS } },
  },
];
const DOWN = { fault: { name: 'status', code: 503 } };

/** The switches last as long as the process that holds the sandbox, so they are set at each start. */
export async function arm(ready: ReadyObject, names: ReadonlySet<FaultName>): Promise<void> {
  // The shop's webhooks are fired by this run, which has to see their answers.
  await control(ready, 'PUT', 'options', { webhookUrl: null });
  const rules = SWITCHES.filter(({ name }) => names.has(name)).map(({ rule }) => rule);
  if (rules.length > 0) await control(ready, 'POST', 'faults', rules);
}

export type Hits = {
  /** Asks the running sandbox how often each switch fired; one that does not answer leaves what was known. */
  look(up: () => Promise<ReadyObject>): Promise<void>;
  /** Adds what was known last: the sandbox's process is gone, or will be. */
  bank(): void;
};

export function createHits(faults: Counts): Hits {
  let latest: readonly (readonly [FaultName, number])[] = [];
  return {
    async look(up) {
      try {
        const { faults: rules } = await control<{ faults: { fault: unknown; hits: number }[] }>(
          await up(),
          'GET',
          'faults',
        );
        latest = rules.flatMap(({ fault, hits }) => {
          const armed = SWITCHES.find(({ rule }) => JSON.stringify(rule.fault) === JSON.stringify(fault));
          return armed === undefined ? [] : [[armed.name, hits] as const];
        });
      } catch {
        // It died meanwhile.
      }
    },
    bank() {
      for (const [name, hits] of latest) add(faults, name, hits);
      latest = [];
    },
  };
}

export type Trouble = {
  readonly switches: readonly SwitchFact[];
  /** Resolves when the trouble that has begun is over; none begins any more. */
  end(): Promise<void>;
};

type Span = readonly [number, number];
const FLIP = { betweenMs: [5_000, 20_000], lastsMs: [500, 3_000] } as const;
/** An outage opens the breaker, which parks everything for a good while: seldom, or the run is about nothing else. */
const OUTAGE = { betweenMs: [45_000, 90_000], lastsMs: [500, 2_000] } as const;
const STOPS = ['automation_enabled', 'outbound_enabled', 'safe_mode'] as const;
const AGAIN_MS = 100;

export function makeTrouble(
  up: () => Promise<ReadyObject>,
  random: Random,
  names: ReadonlySet<FaultName>,
  count: (name: FaultName) => void,
): Trouble {
  const switches: SwitchFact[] = [];
  const over = new AbortController();

  async function nowAndThen(
    name: FaultName,
    betweenMs: Span,
    trouble: (random: Random) => Promise<void>,
  ): Promise<void> {
    if (!names.has(name)) return;
    const own = random.fork(name);
    for (;;) {
      await sleep(own.integer(...betweenMs), undefined, { signal: over.signal }).catch(() => {});
      if (over.signal.aborted) return;
      count(name);
      await trouble(own);
    }
  }

  async function flip(own: Random): Promise<void> {
    const flag = own.pick(STOPS);
    const isOnWhenStopped = flag === 'safe_mode';
    await put(flag, isOnWhenStopped);
    // A stop is in force once it was acknowledged, and no more when its end is on its way.
    switches.push({ kind: 'switch', at: Date.now(), stopped: true });
    await sleep(own.integer(...FLIP.lastsMs));
    switches.push({ kind: 'switch', at: Date.now(), stopped: false });
    await put(flag, !isOnWhenStopped);
  }

  function put(flag: string, value: boolean): Promise<void> {
    return untilTaken(async (ready) => {
      const client = parameterClient(ready);
      try {
        const Name = `/frontdesk/${stageOf(ready)}/${flag}`;
        await client.send(new PutParameterCommand({ Name, Value: String(value), Type: 'String', Overwrite: true }));
      } finally {
        client.destroy();
      }
    });
  }

  async function takeDown(own: Random): Promise<void> {
    await untilTaken(async (ready) => {
      await control(ready, 'DELETE', 'faults');
      await control(ready, 'POST', 'faults', DOWN);
    });
    await sleep(own.integer(...OUTAGE.lastsMs));
    await untilTaken(async (ready) => {
      await control(ready, 'DELETE', 'faults');
      await arm(ready, names);
    });
  }

  async function untilTaken(run: (ready: ReadyObject) => Promise<void>): Promise<void> {
    for (;;) {
      // Where it cannot be started any more, the run is over.
      const ready = await up();
      try {
        return await run(ready);
      } catch {
        await sleep(AGAIN_MS);
      }
    }
  }

  const running = Promise.all([
    nowAndThen('flag-flip', FLIP.betweenMs, flip),
    nowAndThen('vendor-down', OUTAGE.betweenMs, takeDown),
  ]);
  // Told by `end`; until then it is no unhandled one.
  running.catch(() => {});
  return {
    switches,
    async end() {
      over.abort();
      await running;
    },
  };
}

/** What the endpoint's tests share: virtual time and a world of server, bus, functions and queues on one file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { FunctionName } from '../../events/words.ts';
import type { Invocation, InvocationResult } from '../host/contract.ts';
import { openDatabase } from './database.ts';
import { createEventBridge, type EventBridge } from './eventbridge/event-bridge.ts';
import { createDispatcher, type DispatchedFunction, type Dispatcher } from './lambda/dispatcher.ts';
import { type AwsServer, startAwsServer } from './server.ts';
import { createSqs, type Sqs } from './sqs/sqs.ts';
import type { Timing } from './time.ts';

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-2';
export const START = Date.UTC(2026, 0, 31, 9, 30, 0);
export const functionArn = (name: string) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:frontdesk-local-${name}`;
export const queueArn = (name: string) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;

export type VirtualTiming = Timing & {
  /** Runs every timer that falls due on the way, and what follows from it. */
  advance(milliseconds: number): Promise<void>;
  /** Runs the one timer that is due first, if any is due, without moving the clock. */
  step(): Promise<void>;
};

export function virtualTiming(start = START, timeScale = 1): VirtualTiming {
  let now = start;
  const timers = new Map<number, { at: number; run: () => void }>();
  let nextId = 0;
  const idle = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    timeScale,
    now: () => now,
    setTimer(run, delayMs) {
      nextId += 1;
      const id = nextId;
      timers.set(id, { at: now + delayMs, run });
      return () => timers.delete(id);
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        await idle();
        const [next] = [...timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at);
        if (next === undefined) break;
        const [id, timer] = next;
        timers.delete(id);
        now = Math.max(now, timer.at);
        timer.run();
      }
      now = end;
    },
    async step() {
      await idle();
      const [next] = [...timers].filter(([, timer]) => timer.at <= now).sort(([, a], [, b]) => a.at - b.at);
      if (next === undefined) return;
      timers.delete(next[0]);
      next[1].run();
    },
  };
}

/** Numerical Recipes' linear congruential generator: 0 ≤ x < 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export type Run = Omit<Invocation, 'payload'> & { readonly payload: unknown; readonly at: number };

export type World = {
  readonly client: EventBridgeClient;
  readonly eventBridge: EventBridge;
  readonly dispatcher: Dispatcher;
  readonly sqs: Sqs;
  readonly server: AwsServer;
  readonly timing: VirtualTiming;
  /** Every run of a function, over restarts. */
  readonly runs: Run[];
  /** Ends everything without a goodbye, as `kill -9` would, and opens the same file again. */
  killAndRestart(): Promise<World>;
  close(): Promise<void>;
};

export type WorldOptions = {
  readonly answer?: (invocation: Invocation, runs: readonly Run[]) => InvocationResult | Promise<InvocationResult>;
  readonly functions?: readonly Partial<DispatchedFunction>[];
  readonly duplicateShare?: number;
  readonly seed?: number;
  readonly timeScale?: number;
};

const succeed = (): InvocationResult => ({ ok: true, value: null });

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-aws-'));
  return openWorld(options, folder, virtualTiming(START, options.timeScale), []);
}

async function openWorld(options: WorldOptions, folder: string, timing: VirtualTiming, runs: Run[]): Promise<World> {
  const database = openDatabase(join(folder, 'aws.sqlite'));
  let url = '';
  const sqs = createSqs({ database, accountId: ACCOUNT, region: REGION, baseUrl: () => url, now: timing.now });
  const sendToQueue = (queueName: string, body: string, attributes: Readonly<Record<string, string>>) => {
    sqs.send(queueName, body, { attributes });
  };
  const dispatcher = createDispatcher({
    database,
    timing,
    sendToQueue,
    async invoker(invocation) {
      runs.push({ ...invocation, payload: JSON.parse(invocation.payload), at: timing.now() });
      return (options.answer ?? succeed)(invocation, runs);
    },
  });
  dispatcher.configure((options.functions ?? [{}]).map(dispatchedFunction));
  const eventBridge = createEventBridge({
    database,
    accountId: ACCOUNT,
    region: REGION,
    timing,
    random: seededRandom(options.seed ?? 1),
    duplicateShare: options.duplicateShare ?? 0,
    enqueueInvocation: dispatcher.enqueue,
    sendToQueue,
  });
  const server = await startAwsServer({ port: 0, services: [eventBridge.service, sqs.service] });
  url = server.url;
  const client = new EventBridgeClient({
    endpoint: server.url,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  dispatcher.start();
  eventBridge.start();

  const end = async () => {
    dispatcher.halt();
    eventBridge.stop();
    client.destroy();
    await server.close();
    database.close();
  };
  return {
    client,
    eventBridge,
    dispatcher,
    sqs,
    server,
    timing,
    runs,
    async killAndRestart() {
      await end();
      return openWorld(options, folder, timing, runs);
    },
    async close() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `verify` with Lambda's defaults, unless said otherwise. */
export function dispatchedFunction(overrides: Partial<DispatchedFunction> = {}): DispatchedFunction {
  const name: FunctionName = overrides.name ?? 'verify';
  return {
    name,
    arn: functionArn(name),
    retries: 2,
    maxAgeSeconds: 21_600,
    onFailureQueue: null,
    reservedConcurrency: null,
    ...overrides,
  };
}

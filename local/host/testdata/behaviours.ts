/** One handler that does what its event says, good and bad. */
import { pbkdf2Sync } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

type Request = { readonly act: string; readonly ms?: number };
type Context = { readonly awsRequestId: string; readonly functionName: string; getRemainingTimeInMillis(): number };

let runs = 0;

export async function handler(event: Request, context: Context): Promise<unknown> {
  runs += 1;
  switch (event.act) {
    case 'echo':
      return { event, runs };
    case 'context':
      return { ...context, remaining: context.getRemainingTimeInMillis() };
    case 'environment':
      return process.env;
    case 'nothing':
      return undefined;
    case 'sleep':
      await sleep(event.ms ?? 0);
      return 'slept';
    case 'throw':
      throw new RangeError('customer text that must not leave');
    case 'throw text':
      throw 'customer text that must not leave';
    case 'unserialisable':
      return 10n;
    case 'exit':
      return process.exit(3);
    case 'crash later':
      setTimeout(() => {
        throw new TypeError('customer text that must not leave');
      });
      return sleep(60_000);
    case 'reject later':
      void Promise.reject(new TypeError('customer text that must not leave'));
      return sleep(60_000);
    case 'hang':
      return new Promise(() => {});
    case 'block':
      for (;;);
    case 'fill the heap with arrays':
      return fill((index) => new Array(10_000).fill(index));
    case 'fill the heap with strings':
      return fill((index) => JSON.stringify({ index, text: 'x'.repeat(5_000) + index }));
    case 'fill the heap with a map': {
      const map = new Map<number, number[]>();
      return fill((index) => map.set(index, [index, index + 1]));
    }
    case 'fill memory with buffers':
      return fill(() => Buffer.alloc(1 << 20, 1));
    case 'kill the process':
      process.kill(process.pid, 'SIGKILL');
      return sleep(60_000);
    case 'priority':
      return getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
    case 'block in native code':
      pbkdf2Sync('password', 'salt', 2 ** 31 - 1, 64, 'sha512');
      return null;
    case 'abort':
      process.kill(process.pid, 'SIGABRT');
      return sleep(60_000);
    case 'log':
      process.stdout.write('{"level":"INFO"}\n');
      return null;
    default:
      throw new Error('unknown act');
  }
}

function fill(make: (index: number) => unknown): never {
  const kept: unknown[] = [];
  for (let index = 0; ; index += 1) kept.push(make(index));
}

/** What a simulated run must not touch: real time, chance and network (architecture §7). */
export type Traps = {
  /** What was touched, in order, each with the line that did it. */
  readonly sprung: readonly string[];
  /** Throws when anything was touched, even where the code swallowed the error. */
  check(): void;
  /** Puts the real things back. */
  release(): void;
};

// The test runner shares the thread and keeps its own time.
const RUNNER = /node_modules\/(@vitest|vitest|tinypool|birpc|vite)\//;
// Frames between a call and its trap that say nothing about who called.
const BETWEEN = /simulation\/kernel\/traps\.ts|\bnode:|<anonymous>/;

/** Replaces the globals that would make a run differ from the next one by ones that throw and remember. */
export function setTraps(): Traps {
  const sprung: string[] = [];
  const restore: (() => void)[] = [];

  function replace<T extends object, K extends keyof T>(owner: T, key: K, replacement: (real: T[K]) => T[K]): void {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    Object.defineProperty(owner, key, { configurable: true, writable: true, value: replacement(owner[key]) });
    restore.push(() => {
      if (descriptor === undefined) Reflect.deleteProperty(owner, key);
      else Object.defineProperty(owner, key, descriptor);
    });
  }

  /** A stand-in for a function that springs, unless the runner calls it. */
  function guard<T extends object>(name: string, real: T): T {
    return new Proxy(real, {
      apply: (target, self, args) => pass(name, () => Reflect.apply(callable(target), self, args)),
    });
  }

  function pass<T>(name: string, real: () => T): T {
    const caller = callerOf();
    if (RUNNER.test(caller)) return real();
    sprung.push(`${name} ${caller}`);
    throw new Error(`a simulated run touched ${name}`);
  }

  replace(globalThis, 'Date', (RealDate) => {
    const now = guard('Date.now', RealDate.now);
    return new Proxy(RealDate, {
      apply: (target) => pass('Date()', () => target()),
      construct: (target, args, self) =>
        args.length > 0
          ? Reflect.construct(target, args, self)
          : pass('new Date()', () => Reflect.construct(target, [], self)),
      get: (target, property) => (property === 'now' ? now : Reflect.get(target, property)),
    });
  });
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch'] as const) {
    replace(globalThis, name, (real) => guard(name, real));
  }
  replace(Math, 'random', (real) => guard('Math.random', real));
  replace(performance, 'now', (real) => guard('performance.now', real.bind(performance)));
  replace(AbortSignal, 'timeout', (real) => guard('AbortSignal.timeout', real));
  for (const name of ['randomUUID', 'getRandomValues'] as const) {
    replace(crypto, name, (real) => guard(`crypto.${name}`, real));
  }
  for (const name of ['digest', 'encrypt', 'decrypt', 'sign', 'verify', 'importKey', 'generateKey'] as const) {
    replace(crypto.subtle, name, (real) => guard(`crypto.subtle.${name}`, real));
  }

  return {
    sprung,
    check() {
      if (sprung.length > 0) throw new Error(`a simulated run touched the real world: ${sprung.join('; ')}`);
    },
    release() {
      for (const undo of restore.splice(0).reverse()) undo();
    },
  };
}

/** The frame that called; async frames would name whoever awaits, which may well be the runner. */
function callerOf(): string {
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  return (frames.find((frame) => !BETWEEN.test(frame)) ?? 'from an unknown place').trim();
}

function callable(target: object): (...args: unknown[]) => unknown {
  if (typeof target !== 'function') throw new TypeError('a trap guards functions only');
  return target as (...args: unknown[]) => unknown;
}

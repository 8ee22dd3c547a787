import { type Fault, type FaultKind, type FaultPlan, type Fired, operationOf, type PortCall } from './faults.ts';
import type { Process, Scheduler } from './scheduler.ts';

/** What befell the calls of a run, for the report: a fault that never fired proves nothing. */
export type FaultCounts = {
  faults: Map<FaultKind, number>;
  crashPoints: Map<string, number>;
  /** How often each operation was called. */
  operations: Map<string, number>;
};

export type Instruments = {
  readonly counts: FaultCounts;
  /** Every fault in its order, so that a run can be had again without drawing them. */
  readonly fired: readonly Fired[];
  /** How many port calls there were. */
  readonly calls: number;
  /**
   * The port as a process sees it: every method is a point before and after, and the fault plan has its say. The methods
   * named in `passThrough` answer at once and cannot fail (what is computed, not asked for).
   */
  port<P extends object>(process: Process, name: string, port: P, passThrough?: readonly (keyof P & string)[]): P;
};

export type InstrumentOptions = {
  scheduler: Scheduler;
  plan: FaultPlan;
  /** The error with which this port says that a call failed, as the code under test expects it. */
  errorFor: (kind: 'timeout' | 'throttle' | 'error', call: PortCall) => Error;
};

/** Puts the scheduler and the faults between code and its ports. */
export function createInstruments({ scheduler, plan, errorFor }: InstrumentOptions): Instruments {
  const counts: FaultCounts = { faults: new Map(), crashPoints: new Map(), operations: new Map() };
  const waker = scheduler.process('waker');
  const fired: Fired[] = [];
  let calls = 0;

  async function perform(process: Process, name: string, method: string, effect: () => unknown): Promise<unknown> {
    const label = `${name}.${method}`;
    await process.point(`before ${label}`);
    calls += 1;
    const operation = operationOf({ process: process.id, port: name, method });
    counts.operations.set(operation, (counts.operations.get(operation) ?? 0) + 1);
    const call: PortCall = { ordinal: calls, process: process.id, port: name, method };
    const fault = plan(call);
    if (fault !== undefined) {
      count(fault.kind, operation);
      fired.push({ ...call, ...fault, at: scheduler.clock.now() });
    }
    await before(process, label, fault, call);
    const answer = await effect();
    if (fault?.kind === 'crash-after') await die(process);
    await process.point(`after ${label}`);
    if (fault?.kind === 'timeout-applied') throw errorFor('timeout', call);
    return answer;
  }

  async function before(process: Process, label: string, fault: Fault | undefined, call: PortCall): Promise<void> {
    switch (fault?.kind) {
      case 'crash-before':
        return die(process);
      case 'timeout-lost':
        await process.point(`lost ${label}`);
        throw errorFor('timeout', call);
      case 'throttle':
      case 'error':
        throw errorFor(fault.kind, call);
      case 'delay':
        return process.clock.sleep(fault.ms);
      case 'zombie':
        process.freeze();
        void waker.clock.sleep(fault.ms).then(() => process.thaw());
        return process.point(`woken ${label}`);
      default:
        return undefined;
    }
  }

  // The caller never hears of it: a dead process has no next line.
  function die(process: Process): Promise<never> {
    process.kill();
    return new Promise(() => {});
  }

  function count(kind: FaultKind, operation: string): void {
    counts.faults.set(kind, (counts.faults.get(kind) ?? 0) + 1);
    if (!kind.startsWith('crash-')) return;
    const point = `${kind} ${operation}`;
    counts.crashPoints.set(point, (counts.crashPoints.get(point) ?? 0) + 1);
  }

  return {
    counts,
    fired,
    get calls() {
      return calls;
    },
    port(process, name, port, passThrough = []) {
      const wrapped = new Map<string, unknown>();
      return new Proxy(port, {
        get(target, property, receiver) {
          const member: unknown = Reflect.get(target, property, receiver);
          if (typeof property !== 'string' || typeof member !== 'function') return member;
          if (passThrough.some((method) => method === property)) return member;
          const known = wrapped.get(property);
          if (known !== undefined) return known;
          const call = (...args: unknown[]) =>
            perform(process, name, property, () => Reflect.apply(member, target, args));
          wrapped.set(property, call);
          return call;
        },
      });
    },
  };
}

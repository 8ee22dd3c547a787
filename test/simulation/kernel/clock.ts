/** Time that passes only when the scheduler says so. */
export type VirtualClock = {
  /** Milliseconds since the start of the run; never jumps. */
  monotonic(): number;
  /** Epoch milliseconds of the wall clock. */
  now(): number;
  /** Moves time forward to an instant of the monotonic clock; the scheduler's own. */
  advanceTo(monotonic: number): void;
  /** Sets the wall clock forward or back while the monotonic one stands (protocols §10). */
  jump(ms: number): void;
};

/** A clock whose wall time begins at `startAt` (epoch milliseconds). */
export function createVirtualClock(startAt: number): VirtualClock {
  let elapsed = 0;
  let offset = startAt;
  return {
    monotonic: () => elapsed,
    now: () => offset + elapsed,
    advanceTo(monotonic) {
      if (monotonic < elapsed) throw new RangeError(`time runs forward: ${monotonic} is before ${elapsed}`);
      elapsed = monotonic;
    },
    jump(ms) {
      offset += ms;
    },
  };
}

/** SIGINT and SIGTERM: drain and exit 0; a second one: at once, 130 (interfaces §1). */

/** A terminal and `npm` both pass one Ctrl-C on: what comes this close together is one signal. */
const ONE_SIGNAL_MS = 300;
const INTERRUPTED = 130;

/** Resolves with the first signal. Later ones end the process. */
export function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | null = null;
    const heard = (): void => {
      if (firstAt === null) {
        firstAt = performance.now();
        resolve();
      } else if (performance.now() - firstAt > ONE_SIGNAL_MS) process.exit(INTERRUPTED);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heard);
  });
}

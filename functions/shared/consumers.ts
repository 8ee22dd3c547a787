/**
 * Consumers that listen and state nothing: each is one folder, `functions/<name>/`, and runs like any other of them. This list and
 * its fellow, `stacks/consumers.ts`, are kept by `npx frontdesk new consumer`; a test holds them equal to the folders.
 */
export const CONSUMERS = ['analytics'] as const;
export type ConsumerName = (typeof CONSUMERS)[number];

declare module '../../events/words.ts' {
  interface Watchers extends Readonly<Record<ConsumerName, true>> {}
}

/** A value for each of them. */
export function perConsumer<T>(of: (name: ConsumerName) => T): Readonly<Record<ConsumerName, T>> {
  return Object.fromEntries(CONSUMERS.map((name) => [name, of(name)])) as Record<ConsumerName, T>;
}

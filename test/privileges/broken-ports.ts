/** Ports of a process that dies, or of a service that does not take something. */
import { VendorError } from '../../functions/shared/errors.ts';
import type { Bus, Store } from '../../functions/shared/ports.ts';
import type { Override } from './live-world.ts';

/** A process that dies in one call of a port: nothing it asks for afterwards happens. */
export function dying(port: 'sender' | 'closer', method: string, hasEffect: boolean): Override {
  return (container) => {
    let isDead = false;
    const held = <P extends object>(inner: P): P =>
      new Proxy(inner, {
        get(target, property, receiver) {
          const member: unknown = Reflect.get(target, property, receiver);
          if (typeof member !== 'function') return member;
          return async (...call: unknown[]) => {
            if (isDead) throw new Error('dead');
            return Reflect.apply(member, target, call) as unknown;
          };
        },
      });
    const original = (container as unknown as Record<string, Record<string, (...call: unknown[]) => Promise<unknown>>>)[
      port
    ];
    return {
      store: held<Store>(container.store),
      bus: held<Bus>(container.bus),
      queues: held(container.queues),
      [port]: {
        ...original,
        async [method](...call: unknown[]) {
          if (hasEffect) await original?.[method]?.(...call);
          isDead = true;
          throw new Error('dead');
        },
      },
    };
  };
}

/** A bus that does not take one fact. */
export function deafTo(bus: Bus, fact: string): Bus {
  return {
    async putEvents(entries) {
      if (entries.some(({ detailType }) => detailType === fact)) throw new Error('not taken');
      return bus.putEvents(entries);
    },
  };
}

/** A store in which nothing is ever done. */
export function deafToDone(store: Store): Store {
  return {
    ...store,
    async update(table, key, changes, condition) {
      if (changes.set?.status === 'DONE') throw new Error('dead');
      return store.update(table, key, changes, condition);
    },
    async change(table, key, changes, condition) {
      if (changes.set?.status === 'DONE') throw new Error('dead');
      return store.change(table, key, changes, condition);
    },
  };
}

/** A store that does what is asked of such keys, and whose first answer on the way to this status is lost. */
export function losingAnswer(store: Store, prefix: string, status: string): Store {
  let isLost = false;
  return {
    ...store,
    async change(table, key, changes, condition) {
      const answer = await store.change(table, key, changes, condition);
      if (isLost || changes.set?.status !== status || !String(key.key).startsWith(prefix)) return answer;
      isLost = true;
      throw new VendorError('dynamodb', 'timeout', { applied: 'unknown' });
    },
  };
}

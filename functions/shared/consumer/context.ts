/** What a handler is given beside its event. */
import type { EventName } from '../../../events/catalogue.ts';
import type { Metadata } from '../../../events/envelope.ts';
import type { Capability, Container } from '../container.ts';
import { derive } from '../envelopes.ts';
import type { Context } from './definition.ts';

export function contextOf<K extends Capability, P extends EventName>(
  container: Container<K>,
  produces: readonly EventName[],
  event: { readonly metadata: Metadata },
  claim: Pick<
    Context<never, never>,
    'owner' | 'record' | 'generation' | 'parked' | 'replayName' | 'began' | 'isRepeat'
  > & {
    key: string;
  },
): Context<K, P> {
  const { functionName, release, env } = container.settings;
  // A repeat on a finished event is not fenced: what it states are facts of its own, never other bytes under a known id.
  const repeated = claim.isRepeat ? { discriminator: claim.owner } : {};
  return {
    container,
    claimKey: claim.key,
    owner: claim.owner,
    record: claim.record,
    generation: claim.generation,
    parked: claim.parked,
    replayName: claim.replayName,
    began: claim.began,
    isRepeat: claim.isRepeat,
    state: (name, data, options = {}) => {
      if (!produces.includes(name)) throw new Error(`${name} is not among what ${functionName} produces`);
      return derive(
        name,
        data,
        event.metadata,
        { producer: functionName, release, env, brandId: event.metadata.brandId },
        {
          now: container.clock.now(),
          generation: claim.generation,
          ...repeated,
          ...options,
        },
      );
    },
  };
}

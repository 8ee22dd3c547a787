/** For tests of the wrapper: one consumer on memory ports that does as it is told, and what it published, parked and kept. */
import type { AnyEvent } from '../../../events/define-event.ts';
import { RetryableError } from '../errors.ts';
import { exampleOf, testWorld } from '../testing.ts';
import { consumer } from './consumer.ts';
import { type Context, decided } from './definition.ts';

export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const CLAIM = 'csm:responder-route:responder-route:0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f';

export type Stating = Context<never, 'RoutingSkipped'>;
export type Handle = (context: Stating, event: AnyEvent) => Promise<ReturnType<typeof decided>>;

export const skipped = ({ state }: Stating) =>
  state('RoutingSkipped', { decisionId: null, reasonCode: 'shadow_mode', wouldRouteTo: null });

export function setUp(
  handle: Handle,
  more: {
    repeatsWhenDone?: () => boolean;
    recheck?: () => Promise<void>;
    onBudget?: Handle;
    budgetMs?: number;
    hasEffects?: boolean;
  } = {},
) {
  const world = testWorld();
  const container = world.container('responder-route');
  const { onBudget, repeatsWhenDone, recheck } = more;
  const definition = consumer({
    name: 'responder-route',
    consumes: ['EscalationRaised'],
    produces: ['RoutingSkipped'],
    uses: [],
    hasEffects: more.hasEffects ?? true,
    budgetMs: () => more.budgetMs ?? 60 * MINUTE,
    handle: (event, context) => handle(context, event as AnyEvent),
    ...(onBudget ? { onBudget: (event, context) => onBudget(context, event as AnyEvent) } : {}),
    ...(repeatsWhenDone ? { repeatsWhenDone } : {}),
    ...(recheck ? { recheck } : {}),
  });
  const event = exampleOf('EscalationRaised', world.clock.now());
  return {
    ...world,
    container,
    event,
    handler: definition(container),
    another: () => definition(world.container('responder-route')),
    published: () => world.bus.published.map(({ detail }) => JSON.parse(detail) as AnyEvent),
    record: () => world.store.get('idempotency', { key: CLAIM }),
    /** Hands over the copy that was parked last. */
    comeBack: (handler: (payload: unknown) => Promise<unknown>) =>
      handler({ Records: [{ body: container.queues.waiting.at(-1)?.body }] }),
  };
}

export const say: Handle = async (context) => decided([skipped(context)]);
export const wait = (code = 'vendor_busy', afterMs?: number) => {
  throw new RetryableError(code, afterMs);
};

/** What a route gets and gives: one parsed API call, and its answer with the writes and events it caused. */
import type { SandboxResponse } from '../http-types.ts';
import type { WriteKind } from '../model/types.ts';
import type { World } from '../model/world.ts';

export type EventType = 'conversation_created' | 'customer_message' | 'tag_added' | 'status_changed' | 'agent_message';

/** Something that may fire rules. `outside` is a person; `api` and `rule` are what can loop (§11.5). */
export type SandboxEvent = {
  readonly type: EventType;
  readonly ticketId: string;
  readonly cause: 'outside' | 'api' | 'rule';
  /** Names of the tags that were added, where a person added them. */
  readonly tags?: readonly string[];
};

/** How a fault bends an execution. */
export type Bend = {
  readonly staleMs?: number;
  readonly isHidden?: true;
  readonly isUndelivered?: true;
};

export type ApiCall = {
  readonly world: World;
  readonly method: string;
  /** Decoded once, without `v1`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** `scheme://host` for absolute links. */
  readonly origin: string;
  readonly body: string | undefined;
  readonly contentType: string;
  readonly bend: Bend;
};

/** What a write asks for; logged even when it is refused or lost. */
export type WriteIntent = { readonly kinds: readonly WriteKind[]; readonly ticketId: string | null };

export type ApiOutcome = {
  readonly response: SandboxResponse;
  readonly events: readonly SandboxEvent[];
};

export function answer(response: SandboxResponse, events: readonly SandboxEvent[] = []): ApiOutcome {
  return { response, events };
}

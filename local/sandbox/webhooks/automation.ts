/** Runs the rules for what happened; what they change happens in turn (§12.3 no. 1–3, 6). */
import type { EventType, SandboxEvent } from '../api/context.ts';
import { DEFAULT_MACROS, type Macro } from '../model/macros.ts';
import { resolveTags } from '../model/tags.ts';
import { appendComment, changeTicket, deliverToCustomer, setStatus } from '../model/tickets.ts';
import type { Ticket } from '../model/types.ts';
import type { World } from '../model/world.ts';
import { type DeliveryReport, Dispatcher } from './dispatch.ts';
import { type Action, actionsFor, DEFAULT_RULES, defaultTargets, type HttpTarget, type Rule } from './rules.ts';

/** Rules that set each other off stop here, webhook or not. */
const MAX_DEPTH = 20;

export class Automation {
  rules: readonly Rule[] = DEFAULT_RULES;
  targets: readonly HttpTarget[];
  macros: readonly Macro[] = DEFAULT_MACROS;
  readonly #world: World;
  readonly #dispatcher: Dispatcher;

  constructor(world: World) {
    this.#world = world;
    this.#dispatcher = new Dispatcher(world);
    this.targets = defaultTargets(world.options);
  }

  /** Changes tickets at once; the webhook calls run on and report when they are over. */
  raise(events: readonly SandboxEvent[]): Promise<DeliveryReport>[] {
    return this.#walk(events, 0);
  }

  settled(): Promise<void> {
    return this.#dispatcher.settled();
  }

  #walk(events: readonly SandboxEvent[], depth: number): Promise<DeliveryReport>[] {
    const calls: Promise<DeliveryReport>[] = [];
    for (const event of depth < MAX_DEPTH ? events : []) {
      const ticket = this.#world.tickets.get(event.ticketId);
      if (ticket === undefined) continue;
      for (const action of actionsFor(this.#world, this.rules, event, ticket)) {
        const target = action.type === 'http_target' ? this.targets.find((one) => one.id === action.target) : undefined;
        if (target !== undefined) calls.push(...this.#dispatcher.call(target, current(this.#world, ticket), event));
        calls.push(...this.#walk(this.#change(action, ticket.id), depth + 1));
      }
    }
    return calls;
  }

  #change(action: Action, ticketId: string): SandboxEvent[] {
    const world = this.#world;
    const ticket = world.tickets.get(ticketId);
    if (ticket === undefined) return [];
    const happened = (type: EventType): SandboxEvent[] => [{ type, ticketId, cause: 'rule' }];
    switch (action.type) {
      case 'http_target':
        return [];
      case 'assign': {
        if (ticket.assigneeId !== 'unassigned' && action.reassign !== true) return [];
        const { assigneeId, teamId } = action;
        changeTicket(world, ticketId, { ...(assigneeId ? { assigneeId } : {}), ...(teamId ? { teamId } : {}) });
        return [];
      }
      case 'add_tag': {
        const [id] = resolveTags(world, [action.tag]) ?? [];
        if (id === undefined || ticket.tags?.includes(id)) return [];
        changeTicket(world, ticketId, { tags: [...(ticket.tags ?? []), id] });
        return happened('tag_added');
      }
      case 'auto_reply':
        deliverToCustomer(
          world,
          ticket,
          appendComment(world, ticketId, { authorId: 'operator', isOperator: true, body: action.body }),
        );
        return happened('agent_message');
      case 'close':
        return setStatus(world, ticketId, 'CLOSED') ? happened('status_changed') : [];
      default:
        return action satisfies never;
    }
  }
}

function current(world: World, ticket: Ticket): Ticket {
  return world.tickets.get(ticket.id) ?? ticket;
}

/** The workspace's automation rules and HTTP Targets (§11.4, §12.3). */
import * as v from 'valibot';
import { withToken } from '../../webhook-proof.ts';
import type { SandboxEvent } from '../api/context.ts';
import { channelOf } from '../model/channels.ts';
import type { Ticket } from '../model/types.ts';
import type { World } from '../model/world.ts';
import type { SandboxOptions } from '../options.ts';

const EVENT_TYPES = [
  'conversation_created',
  'customer_message',
  'tag_added',
  'status_changed',
  'agent_message',
] as const;

const Condition = v.strictObject({
  type: v.picklist(['subject_contains', 'channel', 'tags_contain', 'tags_not_contain', 'added_tag_contains']),
  value: v.string(),
});

const Action = v.variant('type', [
  v.strictObject({ type: v.literal('http_target'), target: v.string() }),
  v.strictObject({
    type: v.literal('assign'),
    assigneeId: v.optional(v.string()),
    teamId: v.optional(v.string()),
    reassign: v.optional(v.boolean()),
  }),
  v.strictObject({ type: v.literal('add_tag'), tag: v.string() }),
  v.strictObject({ type: v.literal('auto_reply'), body: v.string() }),
  v.strictObject({ type: v.literal('close') }),
]);
export type Action = v.InferOutput<typeof Action>;

export const Rule = v.strictObject({
  id: v.string(),
  family: v.picklist(['assignment', 'tagging', 'auto_reply']),
  on: v.array(v.picklist(EVENT_TYPES)),
  when: v.optional(v.array(Condition), []),
  do: v.array(Action),
  skipSubsequent: v.optional(v.boolean(), false),
});
export type Rule = v.InferOutput<typeof Rule>;

export const HttpTarget = v.strictObject({
  id: v.string(),
  method: v.optional(v.string(), 'POST'),
  url: v.string(),
  headers: v.optional(v.record(v.string(), v.string()), {}),
  contentType: v.optional(v.string(), 'application/json'),
  body: v.string(),
  /** Signs every call with the webhook's secret. */
  sign: v.optional(v.picklist(['hmac', 'standard_webhooks'])),
});
export type HttpTarget = v.InferOutput<typeof HttpTarget>;

/** The rule of §12.3: every customer message calls the first target; and what an agent says by tag calls the second. */
export const DEFAULT_RULES: readonly Rule[] = [
  {
    id: 'r_1',
    family: 'tagging',
    on: ['conversation_created', 'customer_message'],
    when: [],
    do: [{ type: 'http_target', target: 'ht_1' }],
    skipSubsequent: false,
  },
  {
    id: 'r_2',
    family: 'tagging',
    on: ['tag_added'],
    when: [{ type: 'added_tag_contains', value: 'feedback' }],
    do: [{ type: 'http_target', target: 'ht_2' }],
    skipSubsequent: false,
  },
];

const IDS_ONLY =
  '"schema_version":1,"ticket_id":"{{ticket.id}}","ticket_url":"{{ticket.url}}","trigger":"customer_message"';
const BODIES: Readonly<Record<SandboxOptions['webhookBody'], string>> = {
  minimal: IDS_ONLY,
  'with-message-id': `${IDS_ONLY},"message_id":"{{ticket.lastMessage.id}}","sent_at":"{{ticket.lastMessage.createdAt}}"`,
  'with-unknown-variable': `${IDS_ONLY},"message_id":"{{ticket.message.number}}"`,
};

/** Whether a target of the vendor's can name the tags of a ticket is unknown (reference §11.2); the sandbox's can. */
const FEEDBACK_BODY =
  '{"schema_version":1,"ticket_id":"{{ticket.id}}","trigger":"agent_feedback","tags":"{{ticket.tags}}"}';

/** The targets of the default rules, pointed at the configured webhook; none without a URL. */
export function defaultTargets(options: SandboxOptions): HttpTarget[] {
  const { webhookUrl: url, webhookAuth: auth, webhookToken: token, webhookHeader: header } = options;
  if (url === null) return [];
  const sign = auth === 'hmac' || auth === 'standard_webhooks' ? { sign: auth } : {};
  const target = (id: string, body: string): HttpTarget => {
    const call = withToken({ url, auth, token, header }, body);
    return { id, method: 'POST', contentType: 'application/json', ...call, ...sign };
  };
  return [target('ht_1', `{${BODIES[options.webhookBody]}}`), target('ht_2', FEEDBACK_BODY)];
}

/** Actions that an event causes, family by family in the order of the lists. */
export function actionsFor(world: World, rules: readonly Rule[], event: SandboxEvent, ticket: Ticket): Action[] {
  const skipped = new Set<string>();
  const actions: Action[] = [];
  for (const rule of rules) {
    if (skipped.has(rule.family) || !rule.on.includes(event.type)) continue;
    if (!rule.when.every((condition) => holds(world, condition, ticket, event))) continue;
    actions.push(...rule.do);
    // Skip hides lower rules of the same list only (§11.4).
    if (rule.skipSubsequent) skipped.add(rule.family);
  }
  return actions;
}

function holds(
  world: World,
  condition: v.InferOutput<typeof Condition>,
  ticket: Ticket,
  { tags: added = [] }: SandboxEvent,
): boolean {
  const hasTag = (name: string): boolean =>
    (ticket.tags ?? []).some((id) => id === name || world.tags.get(id)?.name === name);
  switch (condition.type) {
    case 'subject_contains':
      return (ticket.subject ?? '').toLowerCase().includes(condition.value.toLowerCase());
    case 'channel':
      return channelOf(ticket).toLowerCase() === condition.value.toLowerCase();
    case 'tags_contain':
      return hasTag(condition.value);
    case 'added_tag_contains':
      return added.some((name) => name.toLowerCase().includes(condition.value.toLowerCase()));
    case 'tags_not_contain':
      return !hasTag(condition.value);
    default:
      return condition.type satisfies never;
  }
}

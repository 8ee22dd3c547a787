/** Bodies of the control calls (interfaces §9, reference §12.2). */
import * as v from 'valibot';
import { isRecord } from '../http-types.ts';
import { STATUSES } from '../model/types.ts';
import { OptionsPatch } from '../options.ts';

const MAX_ID = 2_048;
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ID));
const instant = v.pipe(
  v.string(),
  v.check(
    (text) => /^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:?\d{2})$/.test(text) && Number.isFinite(Date.parse(text)),
    'give an instant with its zone, such as 2026-01-10T08:00:00Z',
  ),
);
const orderObject = v.record(v.string(), v.unknown());
const attachment = v.union([
  v.string(),
  v.strictObject({ url: v.string(), name: v.string(), type: v.string(), size: v.number() }),
]);
const customer = v.object({
  firstName: v.optional(v.string()),
  lastName: v.optional(v.string()),
  name: v.optional(v.string()),
  email: v.optional(v.string()),
  phone: v.optional(v.string()),
});

/** A key that is `null` says as much as one that is absent; only `order` keeps the difference. */
function withoutNulls(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const given = Object.entries(value).filter(([key, inner]) => inner !== null || key === 'order');
  return Object.fromEntries(given.map(([key, inner]) => [key, key === 'customer' ? withoutNulls(inner) : inner]));
}

const messageFields = v.object({
  conversationId: v.optional(id),
  channel: v.optional(v.string()),
  text: v.string(),
  subject: v.optional(v.string()),
  customer: v.optional(customer),
  order: v.optional(
    v.nullable(v.union([v.array(orderObject), orderObject], 'give an order as an object, a list of them, or null')),
  ),
  at: v.optional(instant),
  /** How many files come with it, or the files themselves. */
  attachments: v.optional(
    v.union([
      v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
      v.pipe(v.array(attachment), v.maxLength(100)),
    ]),
  ),
  /** Id of the comment, for tests that need to know it. */
  messageId: v.optional(id),
});

/** `POST /messages`; other keys of a message row (interfaces §2) are ignored. */
export const CustomerMessage = v.pipe(v.unknown(), v.transform(withoutNulls), messageFields);
export type CustomerMessage = v.InferOutput<typeof CustomerMessage>;

/** `POST /agent`; `agentId` is one of the shop's people. */
export const AgentAct = v.object({
  conversationId: id,
  text: v.optional(v.string()),
  status: v.optional(v.picklist(STATUSES)),
  assigneeId: v.optional(v.string()),
  teamId: v.optional(v.string()),
  agentId: v.optional(v.string()),
  /** Set by name, as a macro would; those that the ticket has are left. */
  tags: v.optional(v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))), v.maxLength(20))),
});
export type AgentAct = v.InferOutput<typeof AgentAct>;

export const FollowUp = v.object({
  body: v.string(),
  attachments: messageFields.entries.attachments,
  at: v.optional(instant),
});

export const AgentMessage = v.object({ body: v.string(), agentId: v.optional(v.string()) });

export const NewTicket = v.object({
  channel: v.optional(v.string()),
  subject: v.optional(v.string()),
  body: v.string(),
});

export const Reset = v.strictObject({
  seed: v.optional(v.union([v.string(), v.number()])),
  clock: v.optional(v.union([instant, v.pipe(v.number(), v.integer())])),
  options: v.optional(OptionsPatch),
});

export const ClockMove = v.strictObject({ advanceMs: v.pipe(v.number(), v.integer(), v.minValue(0)) });

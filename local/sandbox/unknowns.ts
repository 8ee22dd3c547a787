/**
 * What the reference leaves open about the vendor (marks [guess], [doc?], [obs]), as switches: each with every value we can
 * think of, the one we take to be true first. Whoever depends on one of them has to be right under all of its values.
 */
import * as v from 'valibot';

export const UNKNOWNS = {
  /** A customer's reply opens a closed ticket (§3.4). */
  replyReopens: [true, false],
  /** `send-message` opens a closed ticket (§3.4). */
  sendToClosedReopens: [false, true],
  /** Where an operator's comment in an update reaches the customer (§3.4). */
  commentDelivers: ['nonEmail', 'never', 'always'],
  /** Whether a comment with `public: false` stays among agents (§3.4, replies V15). */
  privateComments: ['kept', 'delivered'],
  /** Who is shown as author of a comment in an update: the key's owner, the literal, or nobody (§3.4). */
  commentAuthor: ['seat', 'operator', 'absent'],
  /** `send-message` adds a signature to the text, on the ticket too (§3.5). */
  signature: [false, true],
  /** A body of `send-message` is shown as it came, or as text whose markup was escaped (§3.5). */
  sentBody: ['asSent', 'escaped'],
  tagForm: ['name', 'id', 'mixed'],
  autoCreateTags: [true, false],
  /** An author that no agent has is refused; `operatorAuthor` accepts the literal `operator` all the same (§3.5). */
  strictAuthor: [true, false],
  operatorAuthor: [false, true],
  operatorFlag: ['is_operator', 'isOperator', 'via.isOperator', 'via.is_operator', 'sender_type', 'absent'],
  operatorFlagValue: ['boolean', 'number', 'text'],
  /** Key and word in which a read shows the status (§2.1). */
  statusForm: ['upper', 'lower', 'RESOLVED', 'state'],
  /** `customer_profile` of every ticket: as the ticket has it, `{}`, or no key (§2). */
  customerProfile: ['full', 'empty', 'absent'],
  /** A channel stands on the ticket, or on its comments alone while `via` is `{}` (§2.2). */
  channelOn: ['ticket', 'comment'],
  /** Comments with text beside the HTML, or with `body` alone (§2). */
  commentText: ['plainAndHtml', 'bodyOnly'],
  ticketWrapper: ['ticket', 'bare'],
  /** Answer to an update, a tag call or a message (§3.4): it proves nothing in any form. */
  writeAnswer: ['message', 'ticket', 'empty'],
  /** The linkage holds what the order holds, or ids alone, which a second read has to resolve (§4.1). */
  linkage: ['full', 'ids'],
  /** What stands for "not linked" (§4.1). */
  unlinked: ['{}', 'null', '[]', '404'],
  orderWrapper: ['bare', 'order'],
  missingOrder: ['404', '400', '{}'],
  orderTimes: ['number', 'text', 'iso'],
  trackingForm: ['array', 'object'],
  usersWrapper: ['users', 'user'],
  /** 400 "may come where you expect 404" (§1.1). */
  missingTicket: ['404', '400'],
  errorShape: ['error.message', 'error', 'message', 'html', 'empty'],
  unauthorizedStatus: [401, 403],
  nextPageKeepsFilters: [true, false],
  /** The limit's window begins with the first request, or moves along (§1.3). */
  rateWindow: ['fixed', 'sliding'],
  /** `X-RateLimit-*` and `Retry-After` are sent (§1.3). */
  rateHeaders: [true, false],
  /** What a template engine does with values, and with variables it does not know (§11.2, §11.3). */
  escape: ['none', 'json', 'html'],
  unknownVariables: ['empty', 'literal', 'null'],
} as const satisfies Readonly<Record<string, readonly [unknown, unknown, ...unknown[]]>>;

export type UnknownName = keyof typeof UNKNOWNS;
export type Unknowns = { readonly [Name in UnknownName]: (typeof UNKNOWNS)[Name][number] };

/** Every switch takes the values of its list and no other. */
export const unknownEntries = Object.fromEntries(
  Object.entries(UNKNOWNS).map(([name, values]) => [
    name,
    v.pipe(
      v.unknown(),
      v.check((value) => values.some((one) => one === value), 'not among the values'),
    ),
  ]),
) as unknown as { readonly [Name in UnknownName]: v.GenericSchema<Unknowns[Name]> };

export const DEFAULT_UNKNOWNS = Object.fromEntries(
  Object.entries(UNKNOWNS).map(([name, [taken]]) => [name, taken]),
) as Unknowns;

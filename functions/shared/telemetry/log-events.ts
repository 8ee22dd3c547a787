/** Every line there is in a log, declared once: its name, its levels, the step it belongs to, what it says (platform §6.1–6.2). */
import type { FunctionName } from '../../../events/words.ts';

export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
export type Step =
  | 'ingress'
  | 'classify'
  | 'order_lookup'
  | 'verify'
  | 'responder'
  | 'auditor'
  | 'policy'
  | 'vendor'
  | 'action'
  | 'system';

export type LogEventDeclaration = {
  readonly levels: readonly Level[];
  /** `own`: the step of the function that writes it. */
  readonly step: Step | 'own';
  readonly meaning: string;
};

const line =
  <S extends LogEventDeclaration['step']>(step: S) =>
  <const L extends readonly Level[]>(meaning: string, ...levels: L) => ({ levels, step, meaning });
const ingress = line('ingress');
const own = line('own');
const classify = line('classify');
const vendor = line('vendor');
const policy = line('policy');
const action = line('action');
const system = line('system');

export const LOG_EVENTS = {
  'ingress.request.received': ingress('A webhook came in.', 'INFO'),
  'ingress.request.rejected': ingress('A webhook was refused with 4xx.', 'WARN'),
  'ingress.request.duplicate': ingress('The message of a webhook is known already.', 'INFO'),
  'ingress.publish.success': ingress('A message is durable, and published.', 'INFO'),
  'ingress.publish.failed': ingress('A webhook could not be recorded or published: answered 500.', 'ERROR'),
  'ingress.publish.republished': ingress('A root fact was published again: nobody had taken it up.', 'WARN'),

  'consumer.event.start': own('A function begins to handle an event.', 'INFO'),
  'consumer.event.complete': own('A function finished an event; `count` facts were stated.', 'INFO'),
  'consumer.event.failed': own('A function could not finish: a bug, or a dependency that is gone.', 'ERROR'),
  'consumer.event.duplicate': own('An event that is done came again.', 'INFO'),
  'consumer.event.invalid': own('Something that a function cannot read or keep was set aside.', 'WARN', 'ERROR'),
  'consumer.event.parked': own('An event waits in the later queue.', 'INFO'),
  'consumer.event.republished': own('What was decided before is published again.', 'WARN'),

  'classify.context.fetch.success': classify('The ticket was read.', 'INFO'),
  'classify.context.fetch.failed': classify('The ticket could not be read.', 'ERROR'),

  'policy.decision.made': policy('A message was decided.', 'INFO'),
  'policy.decision.not_reproduced': policy('A recorded decision came out differently when made again.', 'ERROR'),
  'policy.reply.impossible': policy('A reply was sent that must never be.', 'ERROR'),
  'policy.automation.blocked': policy('A gate objects to a reply; the first reason code decided.', 'INFO'),
  'policy.override.applied': policy('The decision does not follow what the classifier ranked first.', 'INFO'),
  'policy.autoclose.decided': policy('Whether a ticket is resolved with its reply.', 'INFO'),

  'vendor.richpanel.order_link.lookup.success': vendor('The one order of a ticket was found.', 'INFO'),
  'vendor.richpanel.order_link.lookup.empty': vendor('A ticket has no order, or no certain one.', 'INFO'),
  'vendor.richpanel.order.fetch.success': vendor('An order was read.', 'INFO'),
  'vendor.richpanel.order.fetch.failed': vendor('An order could not be read.', 'ERROR'),
  'vendor.richpanel.tags.add.success': vendor('Tags were written.', 'INFO'),
  'vendor.richpanel.tags.add.failed': vendor('Tags could not be written.', 'ERROR'),
  'vendor.richpanel.assign.success': vendor('The route tag, which assigns the team, was written.', 'INFO'),
  'vendor.richpanel.assign.failed': vendor('The route tag could not be written.', 'ERROR'),
  'vendor.richpanel.message.send.success': vendor('A reply was sent and confirmed.', 'INFO'),
  'vendor.richpanel.message.send.failed': vendor('A reply was not sent.', 'ERROR'),
  'vendor.richpanel.message.send.unknown': vendor('Nobody can prove whether a reply was sent.', 'ERROR'),
  'vendor.richpanel.resolve.success': vendor('A ticket was resolved.', 'INFO'),
  'vendor.richpanel.resolve.failed': vendor('A ticket could not be resolved.', 'ERROR'),
  'vendor.openai.classify.success': vendor('The model classified.', 'INFO'),
  'vendor.openai.classify.failed': vendor('The model gave no usable classification.', 'ERROR'),
  'vendor.openai.verify.success': vendor('The model verified.', 'INFO'),
  'vendor.openai.verify.failed': vendor('The model gave no usable verdict.', 'ERROR'),

  'action.reply.attempt': action('A reply is about to be sent.', 'INFO'),
  'action.reply.suppressed': action('An approved reply was withheld.', 'INFO'),
  'action.note.left': action('A private note was left for agents.', 'INFO'),
  'action.note.failed': action('A private note could not be left.', 'ERROR'),

  'system.safe_mode.enabled': system('Safe mode is on.', 'WARN'),
  'system.safe_mode.disabled': system('Safe mode is off.', 'WARN'),
  'system.automation.enabled': system('Automation is on.', 'WARN'),
  'system.automation.disabled': system('Automation is off.', 'WARN'),
  'system.template.toggled': system('A template was switched.', 'WARN'),
  'system.flag.changed': system('Another flag was changed.', 'WARN'),
  'system.idempotency.duplicate_event_detected': system('A message turned out to be nothing new.', 'INFO'),
  'system.sequence.stale_dropped': system('A route was dropped: a newer or higher one stands.', 'INFO'),
  'system.dlq.message_written': system('Something was sent to the failure queue.', 'ERROR'),
  'system.circuit.opened': system('A circuit opened: the vendor is not asked.', 'ERROR'),
  'system.circuit.closed': system('A circuit closed.', 'WARN'),
  'system.flags.unreadable': system('The flags could not be read: everything is at its safe value.', 'ERROR'),
  'system.flags.malformed': system('A flag has a value that means nothing.', 'ERROR'),
  'system.redaction.failed': system('A text could not be redacted: nobody is asked about it.', 'ERROR'),
  'system.replay.observed': system('An event of a replay is handled.', 'INFO'),
  'system.residual_race': system('Something was written between the last reading and the send.', 'WARN'),
  'system.audit.sealed': system('Hours of the audit trail were sealed.', 'INFO'),
  'system.reconciler.off': system('The reconciler does not work: the ledger is not known to be whole.', 'WARN'),
  'system.reconciler.missed': system('A comment was found that no webhook had told of.', 'WARN'),
  'system.reconciler.list_refused': system('The helpdesk refused the list of tickets.', 'WARN'),
  'system.reconciler.cut_short': system('A run of the reconciler ended before its time.', 'WARN'),
} as const satisfies Readonly<Record<string, LogEventDeclaration>>;

export type LogEvent = keyof typeof LOG_EVENTS;
/** The levels at which a line may stand. */
export type LevelOf<E extends LogEvent> = (typeof LOG_EVENTS)[E]['levels'][number];

export function isLogEvent(name: string): name is LogEvent {
  return Object.hasOwn(LOG_EVENTS, name);
}

/** The step a line belongs to (platform §6.1). */
export function stepOf(event: LogEvent, name: FunctionName): Step {
  const { step } = LOG_EVENTS[event];
  return step === 'own' ? (STEP_OF_FUNCTION[name] ?? 'system') : step;
}

const STEP_OF_FUNCTION: Partial<Record<FunctionName, Step>> = {
  ingest: 'ingress',
  classify: 'classify',
  'order-lookup': 'order_lookup',
  verify: 'verify',
  'responder-route': 'responder',
  'responder-reply': 'responder',
  'responder-settle': 'responder',
  auditor: 'auditor',
};

/** Every line there is in a log, declared once: its name, its levels, the step it belongs to; what it says is in words.ts (platform §6.1–6.2). */
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
};

const line =
  <S extends LogEventDeclaration['step']>(step: S) =>
  <const L extends readonly Level[]>(...levels: L) => ({ levels, step });
const ingress = line('ingress');
const own = line('own');
const classify = line('classify');
const vendor = line('vendor');
const policy = line('policy');
const action = line('action');
const system = line('system');

export const LOG_EVENTS = {
  'ingress.request.received': ingress('INFO'),
  'ingress.request.rejected': ingress('WARN'),
  'ingress.request.duplicate': ingress('INFO'),
  'ingress.publish.success': ingress('INFO'),
  'ingress.publish.failed': ingress('ERROR'),
  'ingress.publish.republished': ingress('WARN'),
  'consumer.event.start': own('INFO'),
  'consumer.event.complete': own('INFO'),
  'consumer.event.failed': own('ERROR'),
  'consumer.event.duplicate': own('INFO'),
  'consumer.event.invalid': own('WARN', 'ERROR'),
  'consumer.event.parked': own('INFO'),
  'consumer.event.republished': own('WARN'),
  'classify.context.fetch.success': classify('INFO'),
  'classify.context.fetch.failed': classify('ERROR'),
  'policy.decision.made': policy('INFO'),
  'policy.decision.not_reproduced': policy('ERROR'),
  'policy.reply.impossible': policy('ERROR'),
  'policy.automation.blocked': policy('INFO'),
  'policy.override.applied': policy('INFO'),
  'policy.autoclose.decided': policy('INFO'),
  'vendor.richpanel.order_link.lookup.success': vendor('INFO'),
  'vendor.richpanel.order_link.lookup.empty': vendor('INFO'),
  'vendor.richpanel.order.fetch.success': vendor('INFO'),
  'vendor.richpanel.order.fetch.failed': vendor('ERROR'),
  'vendor.richpanel.tags.add.success': vendor('INFO'),
  'vendor.richpanel.tags.add.failed': vendor('ERROR'),
  'vendor.richpanel.assign.success': vendor('INFO'),
  'vendor.richpanel.assign.failed': vendor('ERROR'),
  'vendor.richpanel.message.send.success': vendor('INFO'),
  'vendor.richpanel.message.send.failed': vendor('ERROR'),
  'vendor.richpanel.message.send.unknown': vendor('ERROR'),
  'vendor.richpanel.resolve.success': vendor('INFO'),
  'vendor.richpanel.resolve.failed': vendor('ERROR'),
  'vendor.openai.classify.success': vendor('INFO'),
  'vendor.openai.classify.failed': vendor('ERROR'),
  'vendor.openai.verify.success': vendor('INFO'),
  'vendor.openai.verify.failed': vendor('ERROR'),
  'action.reply.attempt': action('INFO'),
  'action.reply.suppressed': action('INFO'),
  'action.note.left': action('INFO'),
  'action.note.failed': action('ERROR'),
  'system.safe_mode.enabled': system('WARN'),
  'system.safe_mode.disabled': system('WARN'),
  'system.automation.enabled': system('WARN'),
  'system.automation.disabled': system('WARN'),
  'system.template.toggled': system('WARN'),
  'system.flag.changed': system('WARN'),
  'system.idempotency.duplicate_event_detected': system('INFO'),
  'system.sequence.stale_dropped': system('INFO'),
  'system.dlq.message_written': system('ERROR'),
  'system.circuit.opened': system('ERROR'),
  'system.circuit.closed': system('WARN'),
  'system.flags.unreadable': system('ERROR'),
  'system.flags.malformed': system('ERROR'),
  'system.redaction.failed': system('ERROR'),
  'system.replay.observed': system('INFO'),
  'system.residual_race': system('WARN'),
  'system.audit.sealed': system('INFO'),
  'system.reconciler.off': system('WARN'),
  'system.reconciler.missed': system('WARN'),
  'system.reconciler.list_refused': system('WARN'),
  'system.reconciler.cut_short': system('WARN'),
} as const satisfies Readonly<Record<string, LogEventDeclaration>>;

export type LogEvent = keyof typeof LOG_EVENTS;
/** The levels at which a line may stand. */
export type LevelOf<E extends LogEvent> = (typeof LOG_EVENTS)[E]['levels'][number];

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

/** Turns a changed parameter into a fact. Reads no value of a list or text: an allow-list holds addresses. */
import * as v from 'valibot';
import { CATALOGUE } from '../../events/catalogue.ts';
import { flagDeclaration } from '../../events/flags.ts';
import type { Container } from '../shared/container.ts';
import type { Envelope } from '../shared/envelopes.ts';
import { codeOf, SafeError } from '../shared/errors.ts';
import { ulidOf, uuidV5 } from '../shared/ids.ts';
import { publish } from '../shared/publisher.ts';

export const uses = ['parameters'] as const;

const Change = v.object({
  id: v.string(),
  time: v.string(),
  detail: v.object({ name: v.string(), operation: v.string() }),
});

/** Best effort, as SSM's change events are (reference/sst-offline). */
export function flagWatcher(container: Container<'parameters'>): (payload: unknown) => Promise<void> {
  return async (payload) => {
    const change = v.safeParse(Change, payload);
    const prefix = `/frontdesk/${container.settings.env}/`;
    if (!change.success || !change.output.detail.name.startsWith(prefix))
      return container.log('WARN', 'consumer.event.invalid', { error_code: 'no_flag_change' });
    const flag = change.output.detail.name.slice(prefix.length);
    const declaration = flagDeclaration(flag);
    if (!declaration) return container.log('WARN', 'consumer.event.invalid', { error_code: 'unknown_flag' });
    try {
      const value =
        change.output.detail.operation === 'Delete' ? null : ((await container.parameters.read([flag]))[flag] ?? null);
      const told =
        declaration.kind === 'boolean'
          ? booleanValue(value)
          : value === null || value === ''
            ? ('unset' as const)
            : ('set' as const);
      await publish(container, [fact(container, declaration.changes, flag, told, change.output)]);
      container.log('WARN', logEvent(flag, told, declaration.changes), { flag });
      container.metrics.count('flags.changed_total');
    } catch (error) {
      throw new SafeError(codeOf(error));
    }
  };
}

const booleanValue = (value: string | null) =>
  value === 'true' || value === 'false' ? value : value === null ? ('unset' as const) : ('unknown' as const);

type Changes = 'SafeModeChanged' | 'AutomationFlagChanged' | 'TemplateToggled';

/** The two switches that everybody asks for have a line each; what is not exactly off, or on, is at its safe value. */
function logEvent(flag: string, value: string, changes: Changes) {
  if (flag === 'safe_mode') return value === 'false' ? 'system.safe_mode.disabled' : 'system.safe_mode.enabled';
  if (flag === 'automation_enabled')
    return value === 'true' ? 'system.automation.enabled' : 'system.automation.disabled';
  return changes === 'TemplateToggled' ? 'system.template.toggled' : 'system.flag.changed';
}

function fact(
  container: Container,
  name: Changes,
  flag: string,
  newValue: 'true' | 'false' | 'set' | 'unset' | 'unknown',
  change: v.InferOutput<typeof Change>,
): Envelope {
  const { clock, settings } = container;
  const occurredAt = new Date(
    Number.isFinite(Date.parse(change.time)) ? Date.parse(change.time) : clock.now(),
  ).toISOString();
  const eventId = uuidV5(change.id, name);
  return {
    metadata: {
      eventId,
      eventName: name,
      schemaVersion: CATALOGUE[name].version,
      occurredAt,
      publishedAt: occurredAt,
      conversationId: null,
      messageId: null,
      messageKey: null,
      intakeKey: null,
      conversationSeq: null,
      brandId: settings.brandId,
      hops: 0,
      correlationId: `trc_${ulidOf(Date.parse(occurredAt), eventId)}`,
      causationId: eventId,
      rootEventId: null,
      traceparent: `00-${eventId.replaceAll('-', '')}-${eventId.replaceAll('-', '').slice(0, 16)}-01`,
      producer: 'flag-watcher',
      release: settings.release,
      env: settings.env,
      channel: 'unknown',
      receivedAt: null,
      commentCreatedAt: null,
      replay: null,
      piiClass: 'L1',
      versions: {},
    },
    data: { flag, oldValue: 'unknown', newValue, changedByRoleHash: null },
  };
}

/** Expectations: platform §11.3 (consumers) with architecture §10 ruling 7, §11.4 (rules, twins), §11.5. */
import { describe, expect, it } from 'vitest';
import { CATALOGUE, EVENT_NAMES, type EventName } from '../events/catalogue.ts';
import { EXAMPLE } from '../events/examples.ts';
import type { FunctionName } from '../events/words.ts';
import { compilePattern, validatePattern } from '../local/aws/eventbridge/pattern.ts';
import { isSpecified } from './added.testing.ts';
import { topology } from './topology.ts';
import { rulesOf } from './topology-rules.ts';

const ULID = '01JQ8Z5M9H3V6T2K4N7P0R1S8W';

/** Functions besides `auditor` that hear the fact when it is stated live. */
const HEARD: Readonly<Record<EventName, readonly FunctionName[]>> = {
  MessageReceived: ['classify'],
  MissedMessageDetected: ['classify'],
  MessageDeduplicated: [],
  // With `tierCandidate` 0; the other two values below.
  MessageClassified: ['responder-route', 'analytics'],
  ClassificationFailed: ['responder-route', 'analytics'],
  OrderMatched: ['verify', 'analytics'],
  OrderNotMatched: ['verify', 'analytics'],
  OrderLookupFailed: ['verify'],
  ReplyApproved: ['responder-reply', 'analytics'],
  ReplyDenied: ['responder-settle', 'analytics'],
  EscalationRaised: ['responder-route', 'analytics'],
  TicketRouted: ['analytics'],
  RoutingSkipped: ['analytics'],
  RoutingFailed: [],
  ReplySent: ['analytics'],
  ReplySuppressed: ['analytics'],
  ReplyFailed: ['analytics'],
  ReplyOutcomeUnclear: ['responder-settle', 'analytics'],
  TicketResolved: ['analytics'],
  MessageStalled: ['responder-settle', 'analytics'],
  MessageSettled: ['analytics'],
  AgentFeedbackReceived: ['analytics'],
  SafeModeChanged: ['analytics'],
  AutomationFlagChanged: ['analytics'],
  TemplateToggled: ['analytics'],
  CircuitOpened: ['analytics'],
  CircuitClosed: ['analytics'],
  RedactionFailed: [],
  DeadLettered: [],
  ReplayStarted: [],
  ReplayCompleted: [],
  ReconciliationCompleted: [],
  AuditSealed: [],
  RecordsDeleted: [],
};

type Sent = {
  readonly event: EventName;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Top-level `replay-name`: EventBridge hands the event out again. */
  readonly replayed?: string;
  /** `metadata.replay`: stated by somebody who worked on a replayed event. */
  readonly derivedFrom?: string;
  readonly source?: string;
};

function busEvent({ event, data = {}, replayed, derivedFrom, source }: Sent) {
  const { producers, example } = CATALOGUE[event];
  const replay =
    derivedFrom === undefined
      ? null
      : { name: derivedFrom, purpose: derivedFrom.split('-')[0], originalEventId: EXAMPLE.eventId };
  return {
    source: source ?? `frontdesk.${producers[0]}`,
    'detail-type': event,
    detail: { metadata: { eventName: event, replay }, data: { ...example, ...data } },
    ...(replayed !== undefined && { 'replay-name': replayed }),
  };
}

const COMPILED = topology.rules
  .filter(({ target }) => isSpecified(target))
  .map((rule) => ({ rule, matches: compilePattern(rule.pattern) }));

const rulesHit = (sent: Sent) => COMPILED.filter(({ matches }) => matches(busEvent(sent))).map(({ rule }) => rule);
const reached = (sent: Sent) => rulesHit(sent).map(({ target }) => target);
/** The auditor's rules stand before those of consumers that only watch. */
const listeners = (event: EventName, heard = HEARD[event]) => [
  ...heard.filter((name) => name !== 'analytics'),
  'auditor',
  ...heard.filter((name) => name === 'analytics'),
];

describe('a fact stated live', () => {
  it.each(EVENT_NAMES)('%s reaches whom the catalogue says, and the auditor', (event) => {
    expect(reached({ event, data: { tierCandidate: 0 } })).toEqual(listeners(event));
  });

  it.each(EVENT_NAMES)('%s reaches the same from each of its producers', (event) => {
    for (const producer of CATALOGUE[event].producers) {
      const sent = { event, data: { tierCandidate: 0 }, source: `frontdesk.${producer}` };
      expect(reached(sent), producer).toEqual(listeners(event));
    }
  });

  it.each([
    { tierCandidate: 0, functions: ['responder-route', 'auditor', 'analytics'] },
    { tierCandidate: 1, functions: ['verify', 'responder-route', 'auditor', 'analytics'] },
    { tierCandidate: 2, functions: ['order-lookup', 'responder-route', 'auditor', 'analytics'] },
  ])('MessageClassified with tierCandidate $tierCandidate reaches $functions', ({ tierCandidate, functions }) => {
    expect(reached({ event: 'MessageClassified', data: { tierCandidate } })).toEqual(functions);
  });

  it('from a function that may not state it reaches the auditor alone', () => {
    for (const event of EVENT_NAMES) expect(reached({ event, source: 'frontdesk.nobody' }), event).toEqual(['auditor']);
  });

  it('of another application reaches nobody', () => {
    for (const event of EVENT_NAMES) expect(reached({ event, source: 'shop.orders' }), event).toEqual([]);
  });
});

describe('a fact derived from a replay', () => {
  const derivedFrom = `recovery-${ULID}`;

  it.each(EVENT_NAMES.filter((event) => event !== 'ReplyApproved'))('%s takes the live path', (event) => {
    expect(reached({ event, data: { tierCandidate: 0 }, derivedFrom })).toEqual(listeners(event));
  });

  it('ReplyApproved goes to responder-settle, which cannot send', () => {
    expect(reached({ event: 'ReplyApproved', derivedFrom })).toEqual(['responder-settle', 'auditor', 'analytics']);
  });
});

describe('a replayed fact', () => {
  it('reaches no live rule, under any name', () => {
    for (const name of [`recovery-${ULID}`, `rebuild-${ULID}`, `backfill-${ULID}`, 'by-hand', ''])
      for (const event of EVENT_NAMES)
        for (const tierCandidate of [0, 1, 2]) {
          const hit = rulesHit({ event, data: { tierCandidate }, replayed: name });
          expect(
            hit.filter(({ replayPurpose }) => replayPurpose === null),
            `${event} under ${name}`,
          ).toEqual([]);
        }
  });

  it('reaches on a recovery the twins of classify and responder-settle alone', () => {
    const heard = EVENT_NAMES.flatMap((event) => {
      const names = rulesHit({ event, replayed: `recovery-${ULID}` }).map(({ name }) => name);
      return names.length === 0 ? [] : [[event, ...names]];
    });
    expect(heard).toEqual([
      ['MessageReceived', 'classify-intake-replay'],
      ['MissedMessageDetected', 'classify-intake-replay'],
      ['ReplyDenied', 'responder-settle-replay'],
      ['ReplyOutcomeUnclear', 'responder-settle-replay'],
      ['MessageStalled', 'responder-settle-replay'],
    ]);
  });

  it('reaches on a rebuild the auditor and nobody else', () => {
    for (const event of EVENT_NAMES)
      expect(rulesHit({ event, replayed: `rebuild-${ULID}` }).map(({ name }) => name)).toEqual(['auditor-all-replay']);
  });

  it('reaches on a backfill analytics and nobody else', () => {
    for (const event of EVENT_NAMES)
      expect(reached({ event, replayed: `backfill-${ULID}` }), event).toEqual(
        HEARD[event].filter((name) => name === 'analytics'),
      );
  });

  it('an approval that was itself derived from a replay still reaches no sender', () => {
    const derivedFrom = `recovery-${ULID}`;
    expect(reached({ event: 'ReplyApproved', derivedFrom, replayed: `recovery-${ULID}` })).toEqual([
      'responder-settle',
    ]);
  });
});

describe('the rules', () => {
  it('are those of the table, with its twins', () => {
    const specified = topology.rules.filter(({ target }) => isSpecified(target));
    expect(specified.map(({ name, target, bus }) => [name, target, bus])).toEqual([
      ['classify-intake', 'classify', 'frontdesk'],
      ['classify-intake-replay', 'classify', 'frontdesk'],
      ['order-candidates', 'order-lookup', 'frontdesk'],
      ['verify-candidates', 'verify', 'frontdesk'],
      ['responder-route', 'responder-route', 'frontdesk'],
      ['responder-reply', 'responder-reply', 'frontdesk'],
      ['responder-settle', 'responder-settle', 'frontdesk'],
      ['responder-settle-replay', 'responder-settle', 'frontdesk'],
      ['auditor-all', 'auditor', 'frontdesk'],
      ['auditor-all-replay', 'auditor', 'frontdesk'],
      ['flag-changes', 'flag-watcher', 'default'],
      ['analytics-facts', 'analytics', 'frontdesk'],
      ['analytics-facts-replay', 'analytics', 'frontdesk'],
    ]);
  });

  it('responder-reply has one rule and no twin', () => {
    const rules = topology.rules.filter(({ target }) => target === 'responder-reply');
    expect(rules.map(({ replayPurpose }) => replayPurpose)).toEqual([null]);
  });

  it('every live rule demands that the top-level replay-name is absent, every twin its purpose', () => {
    for (const { name, pattern, replayPurpose } of topology.rules)
      expect(pattern['replay-name'], name).toEqual(
        replayPurpose === null ? [{ exists: false }] : [{ prefix: `${replayPurpose}-` }],
      );
  });

  it('have the patience of platform §5.3: a late reply is worthless', () => {
    for (const { name, retry } of topology.rules)
      expect(retry, name).toEqual(
        name === 'responder-reply' ? { maxAgeSeconds: 600, attempts: 5 } : { maxAgeSeconds: 86_400, attempts: 185 },
      );
  });

  it('are patterns that EventBridge takes, of at most 2,048 characters', () => {
    for (const { name, pattern } of topology.rules) {
      const json = JSON.stringify(pattern);
      expect(validatePattern(json), name).toEqual(pattern);
      expect(json.length, name).toBeLessThanOrEqual(2048);
    }
  });

  it('flag changes come from the default bus', () => {
    const [rule] = COMPILED.filter(({ rule: { name } }) => name === 'flag-changes');
    const change = (name: string) => ({
      source: 'aws.ssm',
      'detail-type': 'Parameter Store Change',
      detail: { name, operation: 'Update' },
    });
    expect(rule?.matches(change('/frontdesk/local/safe_mode'))).toBe(true);
    expect(rule?.matches(change('/billing/safe_mode'))).toBe(false);
  });
});

describe('rulesOf', () => {
  const declaration = { target: 'verify', retry: { maxAgeSeconds: 60, attempts: 1 } } as const;

  it('keeps each filter with its own event', () => {
    const [rule] = rulesOf({
      ...declaration,
      name: 'two-filters',
      hears: [
        { event: 'MessageClassified', data: { tier: [1] } },
        { event: 'TicketRouted', data: { rank: [2] } },
      ],
      replay: [],
    });
    const matches = compilePattern(rule?.pattern);
    expect(matches(busEvent({ event: 'MessageClassified', data: { tier: 1, rank: 2 } }))).toBe(true);
    expect(matches(busEvent({ event: 'MessageClassified', data: { tier: 2, rank: 2 } }))).toBe(false);
    expect(matches(busEvent({ event: 'TicketRouted', data: { tier: 1, rank: 1 } }))).toBe(false);
  });

  it('filters on data and metadata at once demand both', () => {
    const [rule] = rulesOf({
      ...declaration,
      name: 'both',
      hears: [{ event: 'TicketRouted', data: { rank: [2] }, metadata: { channel: ['email'] } }, { event: 'ReplySent' }],
      replay: [],
    });
    const matches = compilePattern(rule?.pattern);
    const routed = (rank: number, channel: string) => ({
      source: 'frontdesk.responder-route',
      'detail-type': 'TicketRouted',
      detail: { metadata: { channel }, data: { rank } },
    });
    expect([matches(routed(2, 'email')), matches(routed(2, 'phone')), matches(routed(1, 'email'))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('refuses a rule that hears nothing, and two twins of one name', () => {
    expect(() => rulesOf({ ...declaration, name: 'deaf', hears: [], replay: [] })).toThrow('deaf hears nothing');
    expect(() =>
      rulesOf({ ...declaration, name: 'two', hears: 'everything', replay: ['rebuild', 'recovery'] }),
    ).toThrow('two: one twin');
  });
});

/** Platform §5.3, §5.9, §5.7; architecture §8: what a queue holds may quote anybody. */
import { describe, expect, it } from 'vitest';
import { delivered, exampleOf } from '../../functions/shared/testing.ts';
import { type Raw, readLetter } from './letter.ts';
import { foreignCauseOf, planOf } from './plan.ts';

const NOW = Date.parse('2026-01-15T12:00:00.000Z');
const HOUR = 3_600_000;
const RECOVERY = 'recovery-01KF0000000000000000000001';

const rootAt = (at: number) => exampleOf('MessageReceived', at, { hops: 0 });
const raw = (queue: string, body: unknown, attributes: Raw['attributes'] = {}): Raw => ({
  id: 'letter-1',
  queue: `frontdesk-local-${queue}`,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes,
  sentAt: NOW,
});
function letterOf(given: Raw) {
  const letter = readLetter(given);
  if (letter === null) throw new Error('no letter');
  return letter;
}

describe('a letter', () => {
  const root = rootAt(NOW - HOUR);

  it('that the bus could not deliver says why in attributes', () => {
    const attributes = {
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: 'Nora asks where her parcel is',
      RETRY_ATTEMPTS: '185',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    };
    const letter = letterOf(raw('classify-dlq', delivered(root), attributes));
    expect(letter).toMatchObject({
      function: 'classify',
      kind: 'undelivered',
      cause: 'maximum_retry_attempts',
      attempts: 186,
    });
    expect(letter.metadata?.eventId).toBe(root.metadata.eventId);
  });

  it('of Lambda’s says what was thrown, by its code alone', () => {
    const record = (errorMessage: string) => ({
      version: '1.0',
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: delivered(root, RECOVERY),
      responsePayload: { errorType: 'SafeError', errorMessage },
    });
    const letter = letterOf(raw('verify-failures', record('dynamodb_timeout')));
    expect(letter).toMatchObject({ function: 'verify', kind: 'failed', cause: 'dynamodb_timeout', attempts: 3 });
    const source = 'frontdesk.ingest';
    expect(letter.work).toEqual([{ kind: 'envelope', envelope: root, source, replayName: RECOVERY }]);
    expect(letterOf(raw('verify-failures', record('Nora said: hello'))).cause).toBe('safe_error');
  });

  it('that a function refused says the cause beside the envelope', () => {
    const letter = letterOf(raw('responder-route-failures', root, { cause: 'unknown_major' }));
    expect(letter).toMatchObject({ function: 'responder-route', cause: 'unknown_major', attempts: 1 });
  });

  it('that a function refused out of a replay stays one of it, however young', () => {
    const kept = { envelope: root, replayName: RECOVERY };
    const letter = letterOf(raw('classify-failures', kept, { cause: 'unknown_major' }));
    expect(letter).toMatchObject({ cause: 'unknown_major', metadata: { eventId: root.metadata.eventId } });
    const plan = planOf(letter, NOW, 'recovery-01JQ8Z5M9H3V6T2K4N7P0R0000');
    const [body] = plan.kind === 'redrive' ? plan.bodies : [];
    expect(JSON.parse(body ?? '{}')).toMatchObject({ envelope: root, replayName: RECOVERY });
  });

  it('may hold several envelopes of a later queue, or an errand', () => {
    const body = JSON.stringify({ envelope: root, parked: { firstAt: 1, count: 2, totalMs: 3 }, replayName: null });
    const batch = { requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 } };
    const records = { Records: [{ body }, { body }] };
    expect(letterOf(raw('classify-failures', { ...batch, requestPayload: records })).work).toHaveLength(2);
    expect(letterOf(raw('classify-failures', { errand: { look: 1 } })).work).toEqual([
      { kind: 'errand', errand: { look: 1 } },
    ]);
  });

  it('that nobody can read has neither work nor metadata; a queue of nobody’s has no letter', () => {
    expect(letterOf(raw('verify-failures', 'My lamp arrived broken'))).toMatchObject({ work: [], metadata: null });
    expect(readLetter(raw('somebody-failures', root))).toBeNull();
    expect(readLetter(raw('classify-later', root))).toBeNull();
  });
});

describe('what becomes of it', () => {
  const planned = (queue: string, body: unknown) => planOf(letterOf(raw(queue, body)), NOW, RECOVERY);

  it.each([
    { age: 'just under a day', ms: 24 * HOUR - 1, isRouteOnly: false, replayName: null },
    { age: 'a day', ms: 24 * HOUR, isRouteOnly: false, replayName: null },
    { age: 'more than a day', ms: 24 * HOUR + 1, isRouteOnly: true, replayName: RECOVERY },
  ])('of a message $age old: back, route-only: $isRouteOnly', ({ ms, isRouteOnly, replayName }) => {
    const root = rootAt(NOW - ms);
    const plan = planned('classify-failures', root);
    expect(plan).toMatchObject({ kind: 'redrive', isRouteOnly });
    const bodies = plan.kind === 'redrive' ? plan.bodies.map((body) => JSON.parse(body)) : [];
    expect(bodies).toEqual([
      { envelope: root, parked: { firstAt: NOW, count: 0, totalMs: 0, code: 'redriven' }, replayName },
    ]);
  });

  it('the auditor writes down what is old as it is: only what has effects is marked', () => {
    expect(planned('auditor-failures', rootAt(NOW - 48 * HOUR))).toMatchObject({ kind: 'redrive', isRouteOnly: false });
  });

  it('what somebody else than its producer put on the bus goes back in no form: a later queue does not tell who', () => {
    const approval = exampleOf('ReplyApproved', NOW);
    const refused = letterOf(raw('responder-reply-failures', approval, { cause: 'foreign_source' }));
    const forged = { ...(delivered(approval) as object), source: 'frontdesk.ingest' };
    for (const letter of [refused, letterOf(raw('responder-reply-dlq', forged))])
      expect(planOf(letter, NOW, RECOVERY)).toEqual({ kind: 'give_up', why: 'foreign_source' });
    expect(planned('responder-reply-dlq', delivered(approval))).toMatchObject({ kind: 'redrive' });
  });

  it.each(['foreign_source', 'foreign_producer', 'name_mismatch', 'no_envelope', 'invalid_metadata'])(
    'what was refused as %s goes back in no form, though the front door finds nothing wrong with it in a queue',
    (cause) => {
      const letter = letterOf(raw('classify-failures', rootAt(NOW), { cause }));
      expect(planOf(letter, NOW, RECOVERY)).toEqual({ kind: 'give_up', why: cause });
      expect(foreignCauseOf(letter, NOW)).toBe(cause);
    },
  );

  it('a strange source is seen behind a strange major', () => {
    const forged = exampleOf('ReplyApproved', NOW, { schemaVersion: '9.0' });
    const undelivered = { ...(delivered(forged) as object), source: 'frontdesk.ingest' };
    expect(foreignCauseOf(letterOf(raw('responder-reply-dlq', undelivered)), NOW)).toBe('foreign_source');
    expect(foreignCauseOf(letterOf(raw('responder-reply-dlq', delivered(forged))), NOW)).toBeNull();
  });

  it('a schedule that failed is nobody’s forgery: it has no envelope', () => {
    const record = {
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { 'detail-type': 'Scheduled Event', source: 'aws.scheduler', detail: {} },
      responsePayload: { errorType: 'SafeError', errorMessage: 'dynamodb_timeout' },
    };
    expect(foreignCauseOf(letterOf(raw('sweeper-failures', record)), NOW)).toBeNull();
    expect(planned('sweeper-failures', record)).toEqual({ kind: 'give_up', why: 'no_way_back' });
  });

  it.each([
    { what: 'unreadable', queue: 'classify-failures', body: 'nothing of ours', why: 'unreadable' },
    { what: 'of a function without a later queue', queue: 'sweeper-failures', body: rootAt(NOW), why: 'no_way_back' },
    { what: 'not for this function', queue: 'verify-failures', body: rootAt(NOW), why: 'not_consumed' },
    { what: 'too old', queue: 'classify-failures', body: rootAt(NOW - 24 * 24 * HOUR), why: 'too_old' },
    {
      what: 'of a later major',
      queue: 'classify-failures',
      body: exampleOf('MessageReceived', NOW, { schemaVersion: '2.0' }),
      why: 'unknown_major',
    },
    {
      what: 'that has come too far',
      queue: 'classify-failures',
      body: exampleOf('MessageReceived', NOW, { hops: 13 }),
      why: 'too_many_hops',
    },
  ])('one $what is given up: $why', ({ queue, body, why }) => {
    expect(planned(queue, body)).toEqual({ kind: 'give_up', why });
  });
});

/** `pattern-cases.yaml` by every way a pattern is judged: there is one matcher, and this is how we know. */
import { readFileSync } from 'node:fs';
import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueArn, startWorld, type World } from '../testing.ts';
import { parseEventText } from './event-text.ts';
import { compilePattern, validatePattern } from './pattern.ts';
import { type CaseEvent, eventText, patternCases } from './pattern-cases.ts';
import { type IndexedEvent, indexPatterns } from './pattern-index.ts';

const BUS = 'cases';
const QUEUE = 'matched';
const CASES = patternCases();
const GROUPS = [...new Set(CASES.map(({ group }) => group))];
const EVERY_WAY = ['compiler', 'sdk', 'bus', 'index'] as const;

let world: World;
beforeAll(async () => {
  world = await startWorld();
  world.sqs.createQueue({ name: QUEUE });
  await call('CreateEventBus', { Name: BUS });
});
afterAll(() => world.close());

function call(operation: string, input: Record<string, unknown>): unknown {
  return world.eventBridge.service.operations[operation]?.(input);
}

const overTheSdk = (pattern: string, event: string) =>
  world.client.send(new TestEventPatternCommand({ EventPattern: pattern, Event: event }));

async function putRule(pattern: string): Promise<void> {
  await call('PutRule', { Name: 'case', EventBusName: BUS, EventPattern: pattern });
}

/** Puts the pattern's rule and the event, and looks whether the rule's queue gets it. */
async function onTheBus(pattern: string, event: CaseEvent): Promise<boolean> {
  await putRule(pattern);
  await call('PutTargets', { Rule: 'case', EventBusName: BUS, Targets: [{ Id: '1', Arn: queueArn(QUEUE) }] });
  // Only a replay gives an event this field; the rule book judges those as it does events that are put.
  if (event['replay-name'] !== undefined) {
    return world.eventBridge.ruleBook.targetsOf(BUS, parseEventText(eventText(event)) as IndexedEvent).length === 1;
  }
  const { id, source, resources, ...head } = JSON.parse(eventText(event)) as Record<string, string>;
  const entry = { EventBusName: BUS, Source: source, DetailType: head['detail-type'], Resources: resources };
  const answer = (await call('PutEvents', { Entries: [{ ...entry, Detail: event.detail }] })) as {
    FailedEntryCount: number;
    Entries: { EventId: string }[];
  };
  expect(answer.FailedEntryCount).toBe(0);
  await world.timing.advance(0);
  return world.sqs.receive(QUEUE, { max: 10 }).some(({ body }) => JSON.parse(body).id === answer.Entries[0]?.EventId);
}

function byTheIndex(pattern: string, event: CaseEvent): boolean {
  const index = indexPatterns([{ pattern: validatePattern(pattern), value: true }]);
  return index(parseEventText(eventText(event)) as IndexedEvent).length === 1;
}

describe.each(GROUPS)('%s', (group) => {
  for (const one of CASES.filter((candidate) => candidate.group === group)) {
    if ('refusedFor' in one) {
      it(`${one.pattern} is refused`, async () => {
        const refusal = { name: 'InvalidEventPatternException', message: expect.stringContaining(one.refusedFor) };
        expect(() => validatePattern(one.pattern)).toThrowError(
          expect.objectContaining({ type: refusal.name, message: refusal.message }),
        );
        await expect(overTheSdk(one.pattern, eventText({ detail: '{}' }))).rejects.toMatchObject(refusal);
        await expect(putRule(one.pattern)).rejects.toMatchObject({ type: refusal.name, message: refusal.message });
      });
      continue;
    }
    const { pattern, event, matches } = one;
    it(`${pattern} ${matches ? 'matches' : 'ignores'} ${describeEvent(event)}`, async () => {
      const verdicts = {
        compiler: compilePattern(validatePattern(pattern))(parseEventText(eventText(event))),
        sdk: (await overTheSdk(pattern, eventText(event))).Result,
        bus: await onTheBus(pattern, event),
        index: byTheIndex(pattern, event),
      };
      expect(verdicts).toEqual(Object.fromEntries(EVERY_WAY.map((way) => [way, matches])));
    });
  }
});

function describeEvent({ detail, ...fields }: CaseEvent): string {
  return Object.keys(fields).length === 0 ? detail : `${JSON.stringify(fields)} ${detail}`;
}

describe('one matcher', () => {
  const importsOf = (path: string) =>
    readFileSync(new URL(path, import.meta.url), 'utf8').match(/from '([^']+)'/g) ?? [];

  it('the simulator looks events up in the same index as the bus', () => {
    expect(importsOf('../../../test/simulation/world/bus.ts')).toContain(
      "from '../../../local/aws/eventbridge/pattern-index.ts'",
    );
    expect(importsOf('./rule-book.ts')).toContain("from './pattern-index.ts'");
  });

  it('the index and TestEventPattern judge by the same compiler', () => {
    expect(importsOf('./pattern-index.ts')).toContain("from './pattern.ts'");
    expect(importsOf('./rules.ts')).toContain("from './pattern.ts'");
  });

  it('is tried by at least 330 cases', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(330);
  });
});

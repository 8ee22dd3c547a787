/** Expectations: platform §4.5 (roles, explicitly absent rights), §11.1 (one detail-type a call), architecture §2. */
import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../events/words.ts';
import { topology } from './topology.ts';
import { arns } from './topology-names.ts';
import { permissionsOf, type Statement } from './topology-permissions.ts';

const PLACE = { env: 'dev', region: 'us-east-2', accountId: '000000000000', partition: 'aws' };
const of = (name: FunctionName): Statement[] => {
  const spec = topology.functions.find((one) => one.name === name);
  return spec ? permissionsOf(spec, PLACE) : [];
};
const actionsOn = (name: FunctionName, part: string) =>
  of(name)
    .filter(({ resources }) => resources.some((resource) => resource.includes(part)))
    .flatMap(({ actions }) => actions);
const stated = (name: FunctionName) =>
  of(name)
    .filter(({ actions }) => actions.includes('events:PutEvents'))
    .map(({ conditions = [] }) => [conditions[0]?.values, conditions[1]?.values]);

describe('permissionsOf', () => {
  it('grants no wildcard action, and no resource of another stage', () => {
    for (const { name } of topology.functions)
      for (const { actions, resources } of of(name)) {
        expect(
          actions.filter((action) => action.includes('*')),
          name,
        ).toEqual([]);
        for (const resource of resources) expect(resource).toMatch(/frontdesk[-_/]dev/);
      }
  });

  it('lets a function state its own facts under its own name, and republish only what it finds stored', () => {
    expect(stated('order-lookup')).toEqual([
      [
        ['frontdesk.order-lookup'],
        ['OrderMatched', 'OrderNotMatched', 'OrderLookupFailed', 'CircuitOpened', 'CircuitClosed'],
      ],
    ]);
    expect(stated('ingest')).toEqual([
      [['frontdesk.ingest'], ['MessageReceived', 'AgentFeedbackReceived']],
      [['frontdesk.reconciler'], ['MissedMessageDetected']],
      [['frontdesk.classify'], ['MissedMessageDetected']],
    ]);
    expect(stated('auditor')).toEqual([]);
  });

  it('an approval can be stated by verify alone', () => {
    const may = topology.functions.filter(({ name }) =>
      stated(name).some(([, events]) => events?.includes('ReplyApproved')),
    );
    expect(may.map(({ name }) => name)).toEqual(['verify']);
  });

  it('every PutEvents names its detail-types and demands that there is one', () => {
    for (const { name } of topology.functions)
      for (const { actions, conditions = [] } of of(name))
        if (actions.includes('events:PutEvents'))
          expect(
            conditions.map(({ test }) => test),
            name,
          ).toEqual(['StringEquals', 'ForAllValues:StringEquals', 'Null']);
  });

  it('keeps vault, conversation and vendors from the functions that platform §4.5 names', () => {
    expect(actionsOn('ingest', 'conversation_state')).toEqual([]);
    expect(actionsOn('ingest', 'richpanel/api_key')).toEqual([]);
    for (const name of ['responder-route', 'responder-settle', 'auditor'] as const)
      expect(actionsOn(name, '_vault'), name).toEqual([]);
    for (const name of ['classify', 'order-lookup'] as const)
      expect(actionsOn(name, '_vault'), name).toEqual(['dynamodb:PutItem', 'dynamodb:UpdateItem']);
    expect(actionsOn('verify', '_vault')).toEqual(['dynamodb:GetItem']);
    expect(actionsOn('responder-reply', '_vault')).toEqual(['dynamodb:GetItem', 'dynamodb:DeleteItem']);
    for (const name of ['auditor', 'sweeper', 'flag-watcher', 'sealer'] as const)
      expect(actionsOn(name, 'secret:'), name).toEqual([]);
  });

  it('bounds keys by prefix, and an index by the value asked for', () => {
    const idempotency = arns(PLACE).table('idempotency');
    const leading = of('sweeper')
      .filter(({ resources }) => resources.some((resource) => resource.startsWith(idempotency)))
      .map(({ actions, resources, conditions }) => [actions, resources, conditions?.[0]?.values]);
    expect(leading).toEqual([
      [['dynamodb:Query'], [`${idempotency}/index/*`], ['evt']],
      [['dynamodb:Query'], [`${idempotency}/index/*`], ['act']],
      [['dynamodb:PutItem', 'dynamodb:UpdateItem'], [idempotency], ['evt:*']],
      [['dynamodb:PutItem', 'dynamodb:UpdateItem'], [idempotency], ['act:*']],
    ]);
  });

  it('a function uses its own queues only', () => {
    for (const { name, laterQueue } of topology.functions) {
      const queues = new Set(
        of(name)
          .filter(({ actions }) => actions.some((action) => action.startsWith('sqs:')))
          .flatMap(({ resources }) => resources),
      );
      const own = arns(PLACE).queue(`frontdesk-dev-${name}-`);
      for (const queue of queues) expect(queue.startsWith(own), `${name}: ${queue}`).toBe(true);
      expect(queues.size, name).toBe(laterQueue ? 2 : 1);
    }
  });
});

/** How a graph is held against the list: an entry misses, a resource surprises, a property differs. */
import { describe, expect, it } from 'vitest';
import { graphOf, resourceOf } from '../testing.ts';
import { judgeResources } from './judge.ts';
import type { Expectation } from './types.ts';

const QUEUE = 'aws:sqs/queue:Queue';
const entry: Expectation = {
  id: 'queues',
  spec: 'platform §5.3',
  what: 'Queues',
  type: 'sqs.Queue',
  each: [{ fn: 'verify', days: 14 }],
  where: { name: 'frontdesk-{env}-{fn}-dlq' },
  has: { days: '{days}' },
};
const queue = resourceOf(QUEUE, { name: 'frontdesk-dev-verify-dlq', days: 14 });

describe('a graph against the list', () => {
  it('that holds what is expected has no problem', () => {
    expect(judgeResources(graphOf([queue]), [entry]).problems).toEqual([]);
  });

  it('tells what is missing', () => {
    expect(judgeResources(graphOf([]), [entry]).problems).toEqual([
      'queues (platform §5.3): 0 of sqs.Queue {"name":"frontdesk-dev-verify-dlq"}, expected 1',
    ]);
  });

  it('tells what nobody expects', () => {
    const other = resourceOf(QUEUE, { name: 'frontdesk-dev-more' });
    expect(judgeResources(graphOf([queue, other]), [entry]).problems).toEqual([
      'sqs.Queue frontdesk-dev-more: no entry of expected.yaml speaks of it',
    ]);
  });

  it('tells what differs', () => {
    const short = resourceOf(QUEUE, { name: 'frontdesk-dev-verify-dlq', days: 4 });
    expect(judgeResources(graphOf([short]), [entry]).problems).toEqual([
      'queues (platform §5.3): frontdesk-dev-verify-dlq: days is 4, expected 14',
    ]);
  });

  it('asks of a stage only what is expected there', () => {
    expect(judgeResources(graphOf([]), [{ ...entry, on: ['prod'] }]).problems).toEqual([]);
  });
});

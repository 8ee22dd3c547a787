import { describe, expect, it } from 'vitest';
import { fact, ROOT_ID } from '../../../operate/testing.ts';
import { topology } from '../../../stacks/topology.ts';
import { hopsOf, longestWay, MOST_HOPS } from './hops.ts';

describe('from webhook to reply', () => {
  it('no way through the topology has more hops over the bus than four', () => {
    expect(longestWay(topology)).toEqual(['MessageReceived', 'MessageClassified', 'OrderMatched', 'ReplyApproved']);
    expect(longestWay(topology).length).toBeLessThanOrEqual(MOST_HOPS);
  });

  it('sees one hop more when a function stands between', () => {
    const rules = topology.rules.flatMap((rule) =>
      rule.name === 'responder-reply'
        ? [
            { ...rule, target: 'sweeper' as const },
            { ...rule, pattern: { 'detail-type': ['MessageStalled'] } },
          ]
        : [rule],
    );
    expect(longestWay({ rules })).toHaveLength(MOST_HOPS + 1);
  });

  it('counts a real run by its causes', () => {
    const received = fact('MessageReceived', 0);
    const classified = fact('MessageClassified', 1, {}, { causationId: ROOT_ID });
    const approved = fact('ReplyApproved', 2, {}, { causationId: classified.metadata.eventId });
    expect([hopsOf([approved, classified, received]), hopsOf([received])]).toEqual([3, 0]);
  });
});

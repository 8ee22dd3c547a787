/** What stands wrongly on a ticket, in the trail, or where nothing of a customer may stand. */
import * as h from '../histories.ts';
import { type Bad, DATA, GOOD, history, ROUTED_ONLY } from '../histories.ts';

const route = (at: number, data: Record<string, unknown>, about: Parameters<typeof h.told>[3]) => [
  h.told(
    at,
    'MessageReceived',
    {},
    { ...about, by: 'ingest#1', eventId: about?.root ?? '', commentId: about?.root ?? '', hops: 0 },
  ),
  h.told(
    at + 10,
    'MessageClassified',
    { ...DATA.classified, turnCommentIds: [], ...data },
    { ...about, by: 'classify#1', eventId: `${about?.root}-d` },
  ),
  h.told(
    at + 20,
    'RoutingSkipped',
    {},
    { ...about, by: h.ROUTER, eventId: `${about?.root}-s`, cause: `${about?.root}-d` },
  ),
  h.told(at + 30, 'MessageSettled', { outcome: 'routed' }, { ...about, by: h.ROUTER, eventId: `${about?.root}-e` }),
];
/** Of a comment that a look has found. */
const found = (name: string, at: number, data: Record<string, unknown>, about: Parameters<typeof h.told>[3]) =>
  h.told(at, name, data, {
    eventId: `e-found-${name}`,
    root: 'e-found',
    commentId: 'c2',
    seq: h.sequenceAt(2_000),
    hops: 1,
    ...about,
  });
const newer = (data: Record<string, unknown>) => [
  h.comment(120, 'e-2'),
  route(600, data, { root: 'e-2', seq: h.sequenceAt(120), commentId: 'e-2' }),
];

export const TICKETS: readonly Bad[] = [
  [
    'an older decision’s route',
    ['stale-route'],
    history({ ...ROUTED_ONLY, classified: [GOOD.classified, newer({ routeTag: 'route-b' })] }),
  ],
  [
    'a decision’s route beside a Tier 0',
    ['stale-route'],
    history({
      ...ROUTED_ONLY,
      classified: [GOOD.classified, newer({ routeTag: 'route-b', rank: 2 })],
      routed: [GOOD.routed, h.tagged(760, ['mw-escalated-human'])],
    }),
  ],
  [
    'a newer decision’s route over an older Tier 0',
    ['stale-route'],
    history({
      ...ROUTED_ONLY,
      webhook: [GOOD.webhook, h.flagged(120)],
      tagged: h.tagged(700, ['mw-processed', 'mw-escalated-human', 'route-b']),
      classified: [
        h.told(500, 'MessageClassified', { ...DATA.classified, tier: 0, rank: 2 }, { by: 'classify#1', hops: 1 }),
        newer({ routeTag: 'route-b' }),
      ],
    }),
  ],
  [
    'an escalation’s route unwritten',
    ['stale-route'],
    history({
      ...ROUTED_ONLY,
      webhook: [GOOD.webhook, h.flagged(120)],
      routed: [
        GOOD.routed,
        h.told(
          800,
          'EscalationRaised',
          { rank: 2, routeTag: 'route-leadership-team' },
          { cause: 'e-MessageClassified' },
        ),
        h.tagged(810, ['mw-escalated-human']),
      ],
    }),
  ],
  ['two routes', ['stale-route'], history({ routed: [GOOD.routed, h.tagged(800, ['route-b'])] })],
  ['no route', ['stale-route'], history({ tagged: h.tagged(700, ['mw-processed']) })],
  ['a route that nobody decided', ['stale-route'], history({ tagged: h.tagged(700, ['mw-processed', 'route-c']) })],
  [
    'a fallback over a decision',
    ['stale-route'],
    history({
      ...ROUTED_ONLY,
      tagged: h.tagged(700, ['mw-processed', 'route-b']),
      routed: [
        GOOD.routed,
        h.told(
          760,
          'TicketRouted',
          { ...DATA.routed, rank: 0, routeTag: 'route-b', mode: 'fallback' },
          { by: h.ROUTER, cause: 'e-received', eventId: 'e-fallback' },
        ),
      ],
    }),
  ],
  ['a decision that nobody routed', ['unrouted'], history({ routed: [] })],
  [
    'an explanation taken away',
    ['tags-grow', 'tags-told'],
    history({ routed: [GOOD.routed, h.tagged(800, [], ['mw-processed'])] }),
  ],
  [
    'an explanation taken away and put back',
    ['tags-grow'],
    history({ routed: [GOOD.routed, h.tagged(800, [], ['mw-processed']), h.tagged(850, ['mw-processed'])] }),
  ],
  ['a tag told and never put', ['tags-told'], history({ replyTagged: [] })],
  [
    'a reply that nobody has seen, and the ticket does not say so',
    ['tags-told'],
    history({
      replySent: h.told(
        1_500,
        'ReplyFailed',
        { answersCommentId: 'c1', outcome: 'unknown' },
        { by: h.SENDER, cause: 'e-ReplyApproved' },
      ),
      settled: h.told(1_600, 'MessageSettled', { outcome: 'failed' }, { by: h.SENDER }),
    }),
  ],
  [
    'a dispute without a person',
    ['missed-dispute'],
    history({ ...ROUTED_ONLY, asked: h.comment(0, 'c1', { isDispute: true }) }),
  ],
  [
    'a Tier 0 told without a person',
    ['missed-dispute'],
    history({
      ...ROUTED_ONLY,
      webhook: [GOOD.webhook, h.flagged(120)],
      classified: h.told(500, 'MessageClassified', { ...DATA.classified, tier: 0 }, { by: 'classify#1', hops: 1 }),
    }),
  ],
  [
    'a ticket closed over a newer question',
    ['closed'],
    history({
      settled: [
        h.status(1_550, 'closed'),
        h.told(1_560, 'TicketResolved', {}, { by: h.SENDER, cause: 'e-ReplyApproved' }),
        GOOD.settled,
        h.comment(1_700, 'c2'),
      ],
    }),
  ],
  ['a ticket closed, and told to nobody', ['closed'], history({ settled: [h.status(1_550, 'closed'), GOOD.settled] })],
  [
    'a dispute whose webhook was refused, decided as anything else once it was found',
    ['missed-dispute'],
    history({
      settled: [
        GOOD.settled,
        h.comment(2_000, 'c2', { isDispute: true }),
        h.webhook(2_100, 'c2', { status: 503, eventId: null }),
        found('MissedMessageDetected', 300_000, {}, { by: 'reconciler#1', eventId: 'e-found', hops: 0 }),
        found('MessageClassified', 300_500, { ...DATA.classified, turnCommentIds: ['c2'] }, { by: 'classify#1' }),
        found('TicketRouted', 301_000, DATA.routed, { by: h.ROUTER, cause: 'e-found-MessageClassified' }),
        found('MessageSettled', 302_000, { outcome: 'routed' }, { by: h.ROUTER }),
      ],
    }),
  ],
  [
    'a ticket told as resolved that nobody closed',
    ['closed'],
    history({
      settled: [h.told(1_560, 'TicketResolved', {}, { by: h.SENDER, cause: 'e-ReplyApproved' }), GOOD.settled],
    }),
  ],
  [
    'seven writes for one message',
    ['write-cap'],
    history({
      routed: [GOOD.routed, Array.from({ length: 5 }, (_, index) => h.tagged(800 + index, [`mw-secondary-${index}`]))],
    }),
  ],

  [
    'a name in an event',
    ['private'],
    history({
      approved: [GOOD.approved, h.told(950, 'OrderNotMatched', { note: 'from Zoqulxab' }, { by: 'order-lookup#1' })],
    }),
  ],
  [
    'a word in a table, whatever its case',
    ['private'],
    history({}, { resting: [{ place: 'table idempotency', text: 'about ZOQULXab' }] }),
  ],
  [
    'an address in a failure queue',
    ['private'],
    history({ settled: [GOOD.settled, h.failure(9_000, 'auditor', 'zoqulx.abc@mail.test')] }),
  ],
  [
    'a tag written in a replay',
    ['replay-write', 'stale-route'],
    history({ settled: [GOOD.settled, h.replay(9_000), h.tagged(9_100, ['route-c'], ['route-a'])] }),
  ],
  [
    'a ticket reopened in a replay',
    ['replay-write'],
    history({ settled: [GOOD.settled, h.replay(9_000), h.status(9_100, 'open')] }),
  ],
  [
    'a reply in a replay beside live traffic',
    ['replay-write'],
    history({
      read: [h.replay(990, true), GOOD.read],
      sent: h.sent(1_200, 'b1', { replay: { name: 'recovery-1', rootEventId: h.ROOT } }),
    }),
  ],
  [
    'a ticket closed in a replay beside live traffic',
    ['closed', 'replay-write'],
    history({
      settled: [
        h.replay(1_500, true),
        { ...h.status(1_550, 'closed'), replay: { name: 'recovery-1', rootEventId: h.ROOT } },
        GOOD.settled,
      ],
    }),
  ],
  [
    'a tag written again in a replay of what was settled before',
    ['replay-write'],
    history({
      settled: [
        GOOD.settled,
        h.replay(9_000, true),
        h.tagged(9_100, ['mw-processed'], [], { replay: { name: 'recovery-1', rootEventId: h.ROOT } }),
      ],
    }),
  ],
  [
    'a row rebuilt otherwise',
    ['projection'],
    history({}, { projections: [{ table: 'tickets', original: [['e-1', 'a']], rebuilt: [['e-1', 'b']] }] }),
  ],
  [
    'a row not rebuilt',
    ['projection'],
    history({}, { projections: [{ table: 'tickets', original: [['e-1', 'a']], rebuilt: [] }] }),
  ],
  [
    'a row that was not there',
    ['projection'],
    history({}, { projections: [{ table: 'tickets', original: [], rebuilt: [['e-1', 'a']] }] }),
  ],
  ['a fact that is not recorded', ['trail'], { ...history(), trail: history().trail.slice(1) }],
  ['a fact that a replay alone recorded', ['trail'], { ...history(), trailOfLive: history().trail.slice(1) }],
  ['a fact recorded twice', ['trail'], { ...history(), trail: [...history().trail, 'e-received'] }],
  ['a fact recorded that nobody told', ['trail'], { ...history(), trail: [...history().trail, 'e-invented'] }],
];

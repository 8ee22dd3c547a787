/** Replies §11, A30 to A36 and A44 to A47: between the approval and the customer. */
import { expect, it } from 'vitest';
import { VendorError } from '../../../functions/shared/errors.ts';
import { bodyHash } from '../../../templates/body.ts';
import type { TemplateLibrary } from '../../../templates/library.ts';
import { RESOLVED, ROUTED } from './expectations.ts';
import { shipped, waiting } from './orders.ts';
import { type Expected, expectSeen, itHolds, play, type Scenario } from './scenario.ts';
import { look, type Scene, scene } from './scene.ts';

const MINUTE_MS = 60_000;
const WHERE = 'Where is my order?';
const WITHHELD: Expected = {
  ...ROUTED,
  outcome: 'suppressed',
  noTags: ['mw-auto-replied', 'mw-reply-sent', 'mw:auto_closed'],
};

/** The next release, with another body under its own right hash. */
function rewritten(library: TemplateLibrary): TemplateLibrary {
  const templates = library.templates.map((template) => ({
    ...template,
    variants: template.variants.map((variant) => {
      const body = variant.body.replace('reply to this message', 'answer this message');
      return { ...variant, body, sha256: bodyHash(body) };
    }),
  }));
  return { ...library, templates };
}

/** 20 minutes go by after the order was read: 12 before the reply is approved, 8 before it is sent. */
function twentyMinutesLater(played: Scene): void {
  const container = played.containerOf('order-lookup');
  const { bus } = container;
  Object.assign(container, {
    bus: {
      putEvents: async (entries: Parameters<typeof bus.putEvents>[0]) => {
        const answer = await bus.putEvents(entries);
        if (entries.some(({ detailType }) => detailType === 'OrderMatched')) played.clock.advance(12 * MINUTE_MS);
        return answer;
      },
    },
  });
  played.atTheDoor(() => {
    played.clock.advance(8 * MINUTE_MS);
    played.helpdesk.link(played.conversation, shipped());
  });
}

const SCENARIOS: readonly Scenario[] = [
  {
    id: 'A30',
    given: 'a deploy between approval and send',
    linked: shipped(),
    prepare: ({ atTheDoor, containerOf }) =>
      atTheDoor(() => {
        const container = containerOf('responder-reply');
        Object.assign(container, { templates: rewritten(container.templates) });
      }),
    ask: WHERE,
    expected: { ...WITHHELD, reasons: ['template_changed'] },
  },
  {
    id: 'A31',
    given: 'facts of 20 minutes ago, and the order has shipped since',
    linked: waiting(),
    prepare: twentyMinutesLater,
    ask: WHERE,
    expected: WITHHELD,
  },
  {
    id: 'A32',
    given: 'an approval before midnight, a send after, and the window is exhausted',
    // Express 1–2, ordered on Monday: a day remains on Tuesday 23:59:30 Eastern, none on Wednesday.
    at: '2025-12-03T04:59:30Z',
    linked: waiting({ shippingMethod: 'Express' }),
    prepare: ({ atTheDoor, clock }) => atTheDoor(() => clock.advance(MINUTE_MS)),
    ask: WHERE,
    expected: { ...WITHHELD, reasons: ['out_of_sla_window'] },
  },
  {
    id: 'A33',
    given: 'the customer writes again before the send',
    linked: shipped(),
    prepare: ({ atTheDoor, writes }) => atTheDoor(() => void writes('Is anybody there?')),
    ask: WHERE,
    expected: { ...WITHHELD, reasons: ['superseded_by_newer_message'] },
  },
  {
    id: 'A34',
    given: 'an agent has answered meanwhile',
    linked: shipped(),
    prepare: ({ atTheDoor, helpdesk, conversation }) =>
      atTheDoor(() => void helpdesk.agentWrites(conversation, 'I am on it.')),
    ask: WHERE,
    expected: { ...WITHHELD, reasons: ['last_message_from_agent'] },
  },
  {
    id: 'A47',
    given: 'a reply that is sent and a resolve that fails',
    linked: waiting(),
    prepare: ({ containerOf }) => {
      const close = () => Promise.reject(new VendorError('richpanel', 'server', { applied: 'unknown' }));
      Object.assign(containerOf('responder-reply'), { closer: { close } });
    },
    ask: WHERE,
    expected: {
      reply: 't_order_eta_no_tracking_verified',
      outcome: 'replied',
      route: 'route-email-support-team',
      tags: ['mw-auto-replied', 'mw-routing-applied'],
      noTags: ['mw:auto_closed', 'mw:deflected'],
    },
  },
  {
    id: 'A45',
    given: 'auto_close_enabled off, inside the window',
    linked: waiting(),
    flags: { auto_close_enabled: 'false' },
    ask: WHERE,
    expected: { ...ROUTED, reasons: ['auto_close_disabled'] },
  },
];

itHolds(SCENARIOS);

it('A35 the same webhook twice: one reply, one tag set', async () => {
  const played = scene({ linked: shipped() });
  let tagWrites = 0;
  played.change(({ tagger }) => ({
    tagger: {
      ...tagger,
      addTags: (id, tags) => {
        tagWrites += 1;
        return tagger.addTags(id, tags);
      },
    },
  }));
  await played.says(WHERE);
  const once = { ...(await look(played)), tagWrites };
  await played.webhook();
  await played.pass(2 * MINUTE_MS);
  const twice = await look(played);
  expect(once.row).toMatchObject({ templateId: 't_order_status_verified', outcome: 'replied' });
  expect({ outbox: twice.outbox, tags: twice.tags, tagWrites }).toEqual({
    outbox: once.outbox,
    tags: once.tags,
    tagWrites: once.tagWrites,
  });
  expect(twice.outbox).toHaveLength(1);
});

it('A36 five messages in a minute: at most one reply, tagged as limited', async () => {
  const played = scene({});
  for (const text of [
    WHERE,
    'My lamp arrived broken.',
    'Please cancel my order.',
    'The box says delivered but it is not here.',
    'Where is my order now?',
  ]) {
    await played.says(text);
    await played.pass(12_000);
  }
  await played.pass(2 * MINUTE_MS);
  const { outbox, tags, rows } = await look(played);
  expect(outbox).toHaveLength(1);
  expect(tags).toContain('mw-auto-rate-limited');
  expect(rows.filter(({ outcome }) => outcome === 'replied')).toHaveLength(1);
});

it('A44 resolved by us, and the customer replies: reopened, routed, no second estimate', async () => {
  const played = scene({ linked: waiting() });
  await played.says(WHERE);
  const first = await look(played);
  expectSeen(first, RESOLVED);
  played.clock.advance(60 * MINUTE_MS);
  await played.says(WHERE);
  const second = await look(played);
  expect(second.outbox).toEqual(first.outbox);
  expectSeen(second, {
    ...ROUTED,
    // The first reply's own tag stays.
    noTags: [],
    tags: ['mw-escalated-human', 'mw-auto-skipped-followup'],
  });
});

it('A46 the outcome of the reply is unknown: no resolve, no second send, tagged', async () => {
  let sends = 0;
  const loses = ({ containerOf }: Scene): void => {
    const send = () => {
      sends += 1;
      return Promise.reject(new VendorError('richpanel', 'server', { applied: 'unknown' }));
    };
    Object.assign(containerOf('responder-reply'), { sender: { send } });
  };
  const seen = await play({
    linked: waiting(),
    prepare: loses,
    ask: WHERE,
    afterwards: async ({ pass, sweep, webhook }) => {
      await pass(5 * MINUTE_MS);
      await sweep();
      await webhook();
    },
  });
  expect(sends).toBe(1);
  expect(seen.outbox).toEqual([]);
  expectSeen({ ...seen, row: seen.rows[0] ?? seen.row }, { ...WITHHELD, outcome: 'failed', tags: ['mw-send-failed'] });
});

/** Scenes in which functions tell what a run of conversations does not: refusals, failing vendors, changed flags, facts that must not be. */
import type { FunctionName } from '../../events/words.ts';
import { auditor } from '../../functions/auditor/handler.ts';
import { flagWatcher } from '../../functions/flag-watcher/handler.ts';
import { ingest } from '../../functions/ingest/handler.ts';
import { reconciler } from '../../functions/reconciler/handler.ts';
import { sealer } from '../../functions/sealer/handler.ts';
import { openAiClassifier } from '../../functions/shared/classifier/openai/openai.ts';
import { commitRoute } from '../../functions/shared/conversation/conversation.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import { richpanelPorts } from '../../functions/shared/helpdesk/live-richpanel.ts';
import { richpanelCircuits } from '../../functions/shared/limits/circuits.ts';
import { restrict } from '../../functions/shared/restricted.ts';
import { delivered, exampleOf, TEST_TOKEN, testWorld } from '../../functions/shared/testing.ts';
import { openAiVerifier } from '../../functions/shared/verifier/openai/openai.ts';
import { decide } from '../../policy/decide.ts';
import { decisionInput, scored } from '../../policy/testing.ts';
import { choreography } from '../choreography.ts';
import { decisionOf, verdictOf } from '../openai-stand-in/answers.ts';
import type { Behaviour } from '../openai-stand-in/behaviours.ts';
import { testParts } from '../openai-stand-in/parts.ts';
import { startStandIn } from '../openai-stand-in/server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AT = Date.parse('2026-01-15T12:00:00.000Z');
const BROKEN = 'My lamp arrived broken, the glass is shattered.';

const ESTIMATE = 'What is the status of my order? I am looking forward to it.';

/** Placed two days before, unfulfilled, in a window that is recognised (replies §3.8 E01): the reply resolves the ticket. */
const ESTIMABLE = {
  orderId: '1043',
  orderName: '#1043',
  appClientId: 'acme-store-1',
  status: 'open',
  fulfillmentStatus: 'unfulfilled',
  financialStatus: 'paid',
  shippingMethod: 'Standard Shipping (3-5 Business Days)',
  createdAt: Date.parse('2026-01-13T14:00:00.000Z'),
  items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
};

/** Everybody of a choreography. */
const PARTS: readonly FunctionName[] = [
  'ingest',
  'classify',
  'order-lookup',
  'verify',
  'responder-route',
  'responder-reply',
  'responder-settle',
  'auditor',
  'sweeper',
  'reconciler',
];

/** Replies of each kind; a note; a reply that resolves, and a customer who comes back; a Tier 0; a flag that means nothing. */
export async function someConversations() {
  const c = choreography();
  const writes = async (conversationId: string, text: string): Promise<void> => {
    c.helpdesk.customerWrites({ conversationId, text });
    await c.webhook({ ticket_id: conversationId, trigger: 'customer_message' });
    await c.pass(90_000, 15_000);
  };
  c.parameters.values.set('agent_note_enabled', 'true');
  await writes('conv_1', BROKEN);
  c.helpdesk.link('conv_2', ESTIMABLE);
  await writes('conv_2', ESTIMATE);
  await writes('conv_2', 'Thank you. And may I have it as a gift?');
  await c.webhook({
    ticket_id: 'conv_2',
    trigger: 'agent_feedback',
    tags: ['mw:feedback:misroute', 'mw_feedback_bad_reply'],
  });
  await c.pass(30_000, 15_000);
  await writes('conv_3', 'I will sue you, my lawyer writes tomorrow.');
  await writes('conv_8', 'I would like to return it and get my money back, it is damaged.');
  c.parameters.values.set('classify_tier0_anyway', 'true');
  await writes('conv_4', 'I will sue you, my lawyer writes tomorrow.');
  c.parameters.values.set('transit_map', 'no map');
  await writes('conv_5', BROKEN);
  c.parameters.values.set('safe_mode', 'true');
  await writes('conv_6', BROKEN);
  const noter = c.containerOf('responder-route');
  Object.assign(noter, {
    noter: { note: () => Promise.reject(new VendorError('richpanel', 'server', { status: 500 })) },
  });
  await writes('conv_7', 'Do you ship to the moon?');
  await c.sweep();
  return PARTS.map((name) => c.containerOf(name).telemetry);
}

/** Whoever has no token, no JSON, or meets a table that is gone. */
export async function atTheDoor() {
  const world = testWorld();
  const send = (container: ReturnType<typeof world.container>, body: string, token: string) =>
    ingest(container)({
      rawPath: '/webhook',
      headers: { 'content-type': 'application/json', 'x-richpanel-webhook-token': token },
      body,
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST' } },
    });
  const door = world.container('ingest');
  const message = JSON.stringify({ ticket_id: 'conv_1', message_id: 'c-1', trigger: 'customer_message' });
  await send(door, message, 'nobody knows this one');
  await send(door, '[1]', TEST_TOKEN);
  await send(door, message, TEST_TOKEN);
  world.clock.advance(MINUTE);
  // Nobody has taken it up: the second webhook publishes it again.
  await send(door, message, TEST_TOKEN);
  const broken = world.container('ingest');
  Object.assign(broken, { store: { ...broken.store, put: () => Promise.reject(new Error('no table')) } });
  await send(broken, message, TEST_TOKEN);
  return [door.telemetry, broken.telemetry];
}

/** Vendors, tables and texts that fail a function in its midst, and somebody who writes while a reply is on its way. */
export async function whatGoesWrong() {
  const refused = new VendorError('richpanel', 'invalid', { status: 400 });
  const told = await Promise.all([
    oneMessage('responder-route', 'tagger', { addTags: () => Promise.reject(refused) }),
    oneMessage('order-lookup', 'orders', { linked: () => Promise.reject(refused) }, 'Where is my order?'),
    oneMessage('responder-reply', 'sender', {
      send: () => Promise.reject(new VendorError('richpanel', 'timeout', { applied: 'unknown' })),
    }),
    oneMessage('classify', 'clock', { monotonic: slowClock() }),
    oneMessage('auditor', 'store', { put: () => Promise.reject(new Error('no table')) }),
    oneMessage('classify', 'flags', undefined),
    oneMessage('classify', 'helpdesk', { ticket: () => Promise.reject(refused) }),
    oneMessage('responder-reply', 'closer', { close: () => Promise.reject(refused) }, ESTIMATE),
    interrupted(),
    overtaken(),
    outranked(),
  ]);
  return told.flat();
}

/** A clock on which every look costs a second: no redaction ends in time. */
function slowClock(): () => number {
  let tick = 0;
  return () => (tick += 1_001);
}

/** One message while one port of one function is not as it should be; `undefined`: the parameters behind it cannot be read. */
async function oneMessage(name: FunctionName, port: string, broken: object | undefined, text = BROKEN) {
  const c = choreography();
  const container = c.containerOf(name);
  if (broken) Object.assign(container, { [port]: { ...Reflect.get(container, port), ...broken } });
  else Object.assign(c.parameters, { read: () => Promise.reject(new Error('no parameters')) });
  c.helpdesk.customerWrites({ conversationId: 'conv_1', text });
  if (text === ESTIMATE) c.helpdesk.link('conv_1', ESTIMABLE);
  await c.webhook({ ticket_id: 'conv_1', trigger: 'customer_message' }).catch(() => {});
  await c.pass(5 * MINUTE, MINUTE).catch(() => {});
  return PARTS.map((part) => c.containerOf(part).telemetry);
}

/** The route of a newer decision stands before this one comes. */
async function outranked() {
  const c = choreography();
  const container = c.containerOf('responder-route');
  const route = { team: 'Sales Team', routeTag: 'route-sales-team', tags: [] } as const;
  await commitRoute(container, 'conv_1', { seq: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', rank: 1, by: 'dec_newer', route });
  c.helpdesk.customerWrites({ conversationId: 'conv_1', text: BROKEN });
  await c.webhook({ ticket_id: 'conv_1', trigger: 'customer_message' });
  return [container.telemetry];
}

/** An agent writes between the last reading and the send. */
async function interrupted() {
  const c = choreography();
  const container = c.containerOf('responder-reply');
  const { sender } = container;
  Object.assign(container, {
    sender: {
      send: (...call: Parameters<typeof sender.send>) => {
        c.helpdesk.agentWrites('conv_1', 'One moment please.');
        return sender.send(...call);
      },
    },
  });
  c.helpdesk.customerWrites({ conversationId: 'conv_1', text: BROKEN });
  await c.webhook({ ticket_id: 'conv_1', trigger: 'customer_message' });
  await c.pass(5 * MINUTE, MINUTE);
  return [container.telemetry];
}

/** Somebody else puts the claim on a reply in the moment of ours. */
async function overtaken() {
  const c = choreography();
  const container = c.containerOf('responder-reply');
  const { store } = container;
  Object.assign(container, {
    store: {
      ...store,
      put: async (...[table, item, condition]: Parameters<typeof store.put>) => {
        if (String(item.key).startsWith('act:rp_reply:')) await c.store.put(table, { ...item, owner: 'another' });
        return store.put(table, item, condition);
      },
    },
  });
  c.helpdesk.customerWrites({ conversationId: 'conv_1', text: BROKEN });
  await c.webhook({ ticket_id: 'conv_1', trigger: 'customer_message' });
  return [container.telemetry];
}

/** Each kind of flag changed. */
export async function changedFlags() {
  const world = testWorld();
  const container = world.container('flag-watcher');
  const handler = flagWatcher(container);
  const change = (flag: string, value: string) => {
    world.parameters.values.set(flag, value);
    const detail = { name: `/frontdesk/local/${flag}`, operation: 'Update' };
    return handler({ id: '0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f', time: '2026-01-15T11:59:58Z', detail });
  };
  for (const value of ['true', 'false'])
    for (const flag of ['safe_mode', 'automation_enabled']) await change(flag, value);
  await change('template_enabled/t_damaged_item_intake', 'true');
  await change('tier2_enabled', 'true');
  return [container.telemetry];
}

/** A replay that began, an escalation, a reply although automation is off, a decision that its input does not give. */
export async function whatTheAuditorHears() {
  const container = testWorld().container('auditor');
  const hear = auditor(container);
  const input = decisionInput(scored({ damaged_item: 0.9 }));
  const off = { ...input, flags: { ...input.flags, automation_enabled: false } };
  await hear(delivered(exampleOf('ReplayStarted', AT, { conversationId: null })));
  await hear(delivered(exampleOf('EscalationRaised', AT, { eventId: id(1) })));
  await hear(delivered(exampleOf('ReplySent', AT, { eventId: id(2) }, { input: off })));
  const strict = { ...decide(input), tier: 0 };
  await hear(delivered(exampleOf('ReplySent', AT, { eventId: id(3) }, { input, decision: strict })));
  const decision = { ...decide(input), tier: 2 };
  await hear(
    delivered(exampleOf('MessageClassified', AT, { eventId: `${id(0).slice(0, -2)}20` }, { input, decision })),
  );
  await hear({ nothing: 'that anybody knows' });
  return [container.telemetry];
}
const id = (number: number): string => `0194b8a0-3c1e-7d2a-8f00-${String(number).padStart(12, '0')}`;

export async function sealedHours() {
  const world = testWorld();
  const record = auditor(world.container('auditor'));
  await record(delivered(exampleOf('TicketRouted', world.clock.now())));
  world.clock.advance(2 * HOUR);
  const container = world.container('sealer');
  await sealer(container)({});
  return [container.telemetry];
}

/** A run that finds what no webhook told of; one whose list is refused; one that meets a vendor that is gone; one that is off. */
export async function reconciled() {
  const world = testWorld();
  const run = (ports: object = {}) => {
    const container = Object.assign(world.container('reconciler'), ports);
    return reconciler(container)({}).then(() => container.telemetry);
  };
  world.helpdesk.customerWrites({ conversationId: 'conv_1', text: BROKEN });
  world.clock.advance(10 * MINUTE);
  const found = await run();
  const refused = await run({ directory: { tickets: async () => ({ kind: 'unavailable', status: 403 }) } });
  const gone = new VendorError('richpanel', 'server', { status: 503 });
  const cut = await run({ directory: { tickets: () => Promise.reject(gone) } });
  world.parameters.values.set('ledger_whole', '7');
  return [found, refused, cut, await run()];
}

/** Calls of the real client, over a wire that answers, refuses and breaks, until its circuit opens; then the sweeper closes it. */
export async function callsOfRichpanel() {
  const world = testWorld();
  const container = world.container('classify');
  let status = 200;
  const ports = richpanelPorts({
    transport: async () => ({ status, headers: {}, body: '{}' }),
    secrets: { read: async () => 'key' },
    limits: container.limits,
    circuits: richpanelCircuits(container),
    metrics: container.metrics,
    knowsSeat: false,
    clock: container.clock,
    // A whole number of milliseconds, as of a clock that is not made of numbers.
    ids: { ...container.ids, jitter: () => 0 },
    isReadOnly: async () => true,
  });
  const read = () =>
    ports
      .helpdesk()
      .ticket('conv_1')
      .catch(() => null);
  await read();
  for (const next of [429, ...Array.from({ length: 30 }, () => 500)]) {
    status = next;
    await read();
    world.clock.advance(1_000);
  }
  world.clock.advance(10 * MINUTE);
  status = 200;
  await read();
  return [container.telemetry];
}

/** A model decides, and what has no network looks on; the model sees nothing bad in what the screen has stopped. */
export async function twoClassifiers() {
  const output = decisionOf({
    intent: 'exchange_request',
    team: 'Returns Admin',
    template: 't_exchange_request_intake',
    tier: 'TIER_1_SAFE_ASSIST',
  });
  const standIn = await startStandIn(() => ({ kind: 'answer', output }));
  try {
    const c = choreography();
    const container = Object.assign(c.containerOf('classify'), {
      // The function says in the time of its own clock when an answer has to be there; the live one stands far behind that
      // in a process that has run for a while. On a busy machine a first call takes longer than a scaled one may.
      modelClassifier: openAiClassifier(testParts(standIn.url, { scale: 1, clock: c.clock })),
    });
    c.parameters.values.set('openai_enabled', 'true');
    c.parameters.values.set('classify_tier0_anyway', 'true');
    for (const [conversationId, text] of [
      ['conv_1', BROKEN],
      ['conv_2', 'I will sue you, my lawyer writes tomorrow.'],
    ] as const) {
      c.helpdesk.customerWrites({ conversationId, text });
      await c.webhook({ ticket_id: conversationId, trigger: 'customer_message' });
    }
    return [container.telemetry];
  } finally {
    await standIn.close();
  }
}

/** A model that answers, breaks its schema, is busy, and whose moderation fails. */
export async function callsOfOpenAi() {
  const note = 'This customer is very sad about the lamp. '.repeat(20);
  const good = decisionOf({
    intent: 'damaged_item',
    team: 'Returns Admin',
    template: 't_damaged_item_intake',
    tier: 'TIER_1_SAFE_ASSIST',
  });
  const answers: Behaviour[] = [
    { kind: 'answer', output: { ...good, notes_for_agent: note } },
    { kind: 'answer', output: { no: 'decision' } },
    { kind: 'status', status: 429 },
    { kind: 'status', status: 500 },
    { kind: 'answer', output: verdictOf(true) },
    { kind: 'status', status: 500 },
  ];
  let calls = 0;
  const standIn = await startStandIn(
    () => answers[calls++] ?? { kind: 'status', status: 500 },
    () => ({ kind: 'status', status: 500 }) satisfies Behaviour,
  );
  try {
    const parts = testParts(standIn.url);
    const features = {
      hasOrderNumber: true,
      hasEmail: false,
      hasPhone: false,
      hasTrackingNumber: false,
      hasAttachments: false,
    };
    const classify = () =>
      openAiClassifier(parts).classify({
        channel: 'email',
        text: restrict(''),
        redacted: restrict(BROKEN),
        features,
        model: {
          identityKnown: true,
          isReduced: false,
          mayModerate: true,
          attempts: 1,
          endsAt: parts.clock.monotonic() + parts.waits.modelCallMs * 3,
        },
      });
    for (let call = 0; call < 4; call += 1) await classify();
    const verify = () =>
      openAiVerifier(parts).verify({
        primaryIntent: 'order_status_tracking',
        channel: 'email',
        orderStateLabel: 'in_transit',
        deterministicOrderLink: true,
        text: restrict('Where has my parcel got to?'),
        screenRuleIds: [],
        keywordIntents: ['order_status_tracking'],
        deniesReceipt: false,
        asksSomethingElse: false,
        endsAt: parts.clock.monotonic() + parts.waits.modelCallMs * 3,
      });
    await verify();
    await verify();
    return [{ lines: parts.lines, counts: parts.counts }];
  } finally {
    await standIn.close();
  }
}

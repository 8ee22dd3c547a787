/** Who classifies, and what follows when nobody can (decisions §3.7–3.9, architecture §6). */
import { describe, expect, it } from 'vitest';
import type { DecisionInput, Scores } from '../../events/decision.ts';
import type { Channel } from '../../events/words.ts';
import { decide } from '../../policy/decide.ts';
import { requested } from '../../policy/testing.ts';
import { CLASSIFIER_VERSIONS } from '../../policy/versions.ts';
import { EMBEDDED } from '../shared/embedded/testing.ts';
import type { Classifier, ClassifierAnswer, ClassifierRequest } from '../shared/ports.ts';
import { plain } from '../shared/restricted.testing.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { classify } from './handler.ts';

const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const VAGUE = 'Kindly see to the matter I spoke of.';
const SPEND = { calls: 1, tokensIn: 3000, tokensCached: 0, tokensOut: 200, nanoUsd: 1_150_000 };
const HASH = 'ab'.repeat(32);

type Failure = NonNullable<DecisionInput['classifier']['failure']>;
const well = (raw: Scores, moderation: DecisionInput['turn']['moderation'] = null): ClassifierAnswer => ({
  raw,
  tokensIn: SPEND.tokensIn,
  tokensOut: SPEND.tokensOut,
  model: {
    spend: SPEND,
    moderation,
    language: 'en',
    requested: requested({ primary: 'damaged_item', tier: 'TIER_1_SAFE_ASSIST' }),
  },
});
const fails = (failure: Failure, more: { parkMs?: number; moderation?: 'strong' } = {}): ClassifierAnswer => ({
  failure,
  attempts: 2,
  parkMs: more.parkMs,
  tokensIn: 0,
  tokensOut: 0,
  model: { spend: { ...SPEND, tokensIn: 0, tokensOut: 0, nanoUsd: 0, calls: 2 }, moderation: more.moderation ?? null },
});

/** A model that says what it is told to, one answer after the other; the last repeats. */
function model(...answers: ClassifierAnswer[]): Classifier & { readonly asked: ClassifierRequest[] } {
  const asked: ClassifierRequest[] = [];
  return {
    asked,
    kind: 'openai',
    version: CLASSIFIER_VERSIONS.openai,
    calibration: 'identity@1.0.0',
    asks: { model: 'gpt-5-mini', prompt: CLASSIFIER_VERSIONS.openai, promptSha256: HASH, schema: 'mw_decision_v1' },
    calibrate: ({ raw }) => raw,
    async classify(request) {
      asked.push(request);
      return answers[Math.min(asked.length, answers.length) - 1] ?? fails('permanent');
    },
  };
}

/** A classifier without a network, of the kind that may stand in. */
const embedded = (scores: Scores | Error): Classifier => ({
  ...EMBEDDED.classifier,
  kind: 'embedded',
  version: CLASSIFIER_VERSIONS.embedded,
  calibrate: ({ raw }) => raw,
  async classify() {
    if (scores instanceof Error) throw scores;
    return { raw: scores, tokensIn: 0, tokensOut: 0 };
  },
});

type Given = {
  readonly model?: ReturnType<typeof model>;
  readonly builtIn?: Classifier;
  readonly env?: 'local' | 'prod';
  readonly flags?: Readonly<Record<string, string>>;
  readonly channel?: Channel;
};

function setUp({ model: modelClassifier, builtIn, env = 'prod', flags = {}, channel = 'email' }: Given) {
  const world = testWorld();
  for (const [name, value] of Object.entries({ openai_enabled: 'true', ...flags }))
    world.parameters.values.set(name, value);
  const plain = world.container('classify');
  const container = Object.assign(plain, {
    settings: { ...plain.settings, env },
    ...(modelClassifier && { modelClassifier }),
    classifier: builtIn ?? embedded({}),
  });
  const handler = classify(container);
  const facts = () => world.bus.published.map(({ detail }) => JSON.parse(detail) as ReturnType<typeof exampleOf>);
  let said = 0;
  return {
    container,
    facts,
    async says(text: string) {
      const conversationId = 'conv_1';
      const id = world.helpdesk.customerWrites({
        conversationId,
        text,
        ...(channel !== 'unknown' && { channel: channel as 'email' }),
      });
      said += 1;
      const eventId = `0194b8a0-3c1e-7d2a-8f00-${String(said).padStart(12, '0')}`;
      const about = { eventId, rootEventId: eventId, intakeKey: id, messageId: id, messageKey: id, hops: 0, channel };
      await handler(delivered(exampleOf('MessageReceived', world.clock.now(), about, { keyKind: 'message' })));
      return facts().at(-1);
    },
    async unpark() {
      const message = container.queues.waiting.at(-1);
      if (!message) throw new Error('nothing is parked');
      const waited = message.dueAt - world.clock.now();
      world.clock.advance(waited);
      await handler({ Records: [{ body: message.body }] });
      return waited;
    },
  };
}
type Fact = ReturnType<typeof exampleOf> | undefined;
const inputOf = (fact: Fact) => fact?.data.input as DecisionInput;
const isTrue = (fact: Fact) => expect(decide(inputOf(fact))).toEqual(fact?.data.decision);

describe('the model decides', () => {
  it('where the stage has one and the switch is on; what it was asked with and cost is in the fact', async () => {
    const asked = model(well({ damaged_item: 0.9 }, 'none'));
    const { says } = setUp({ model: asked });
    const fact = await says(DAMAGED);
    expect(fact?.metadata.eventName).toBe('MessageClassified');
    expect(fact?.data).toMatchObject({
      primaryIntent: 'damaged_item',
      tierCandidate: 1,
      tokensIn: 3000,
      tokensOut: 200,
      spend: SPEND,
      promptSha256: HASH,
    });
    expect(fact?.metadata.versions).toMatchObject({
      model: 'gpt-5-mini',
      prompt: 'routing_prompt@1.0.0',
      decisionSchema: 'mw_decision_v1',
    });
    expect(inputOf(fact)).toMatchObject({
      classifier: { kind: 'openai', mayReply: true, failure: null, requested: { primary: 'damaged_item' } },
      message: { language: { model: 'en' } },
      turn: { moderation: 'none' },
    });
    isTrue(fact);
  });

  it('is told of identifiers and the redacted text, and how long it has', async () => {
    const asked = model(well({ damaged_item: 0.9 }));
    const { says, container } = setUp({ model: asked, flags: { reduced_tokens: 'true' } });
    await says(`${DAMAGED} Write to jo.roe@mail.test`);
    expect(asked.asked[0]).toMatchObject({
      features: { hasEmail: true },
      model: { identityKnown: true, isReduced: true, mayModerate: true, attempts: 2 },
    });
    expect(plain(asked.asked[0]?.redacted)).toContain('[EMAIL]');
    expect(plain(asked.asked[0]?.redacted)).not.toContain('jo.roe');
    // Timeout of the function, less 5 s.
    expect(asked.asked[0]?.model?.endsAt).toBe(container.clock.monotonic() + 55_000);
  });

  it('moderation is left out in safe mode', async () => {
    const asked = model(well({ damaged_item: 0.9 }));
    await setUp({ model: asked, flags: { safe_mode: 'true' } }).says(DAMAGED);
    expect(asked.asked[0]?.model?.mayModerate).toBe(false);
  });

  it('strong moderation is Tier 0, whatever the classifier thinks', async () => {
    const fact = await setUp({ model: model(well({ damaged_item: 0.9 }, 'strong')) }).says(DAMAGED);
    expect(fact?.data).toMatchObject({ primaryIntent: 'harassment_threats', tier: 0, department: 'Leadership Team' });
  });
});

describe('zero spend (scenario 13)', () => {
  it.each([
    ['prod', {}, false, ['embedded_route_only']],
    ['prod', { embedded_replies_enabled: 'true' }, true, ['tier1_safe_assist']],
    ['local', {}, true, ['tier1_safe_assist']],
  ] as const)('%s, %j: replies %s', async (env, flags, replyExpected, reasonCodes) => {
    const asked = model(well({ damaged_item: 0.9 }));
    const builtIn = embedded({ damaged_item: 0.9 });
    const fact = await setUp({ model: asked, builtIn, env, flags: { ...flags, openai_enabled: 'false' } }).says(
      DAMAGED,
    );
    expect(asked.asked).toEqual([]);
    expect(fact?.data).toMatchObject({ primaryIntent: 'damaged_item', replyExpected, reasonCodes });
    expect(fact?.data).not.toHaveProperty('spend');
  });
});

describe('no usable answer', () => {
  it.each<[Failure, string]>([
    ['timeout', 'vendor_error_fail_closed'],
    ['rate_limited', 'vendor_error_fail_closed'],
    ['server', 'vendor_error_fail_closed'],
    ['network', 'vendor_error_fail_closed'],
    ['permanent', 'vendor_error_fail_closed'],
    ['invalid', 'schema_invalid_fail_closed'],
    ['refusal', 'model_refusal'],
    ['circuit_open', 'circuit_open'],
  ])('%s: routed by the keyword rules, nothing replied', async (failure, reason) => {
    const fact = await setUp({ model: model(fails(failure)) }).says(DAMAGED);
    expect(fact?.metadata.eventName).toBe('ClassificationFailed');
    expect(fact?.data).toMatchObject({
      errorCode: `openai_${failure}`,
      attempts: 2,
      fallbackDepartment: 'Returns Admin',
      primaryIntent: 'damaged_item',
      spend: { calls: 2 },
    });
    expect([fact?.data.reasonCodes].flat()[0]).toBe(reason);
    expect(fact?.data.fallbackTags).toContain('mw-model-failure');
    expect([fact?.data.fallbackTags].flat().includes('mw-needs-manual-triage')).toBe(failure === 'refusal');
    expect(inputOf(fact).classifier).toMatchObject({ kind: 'openai', rung: 'F1', failure, mayReply: false });
    isTrue(fact);
  });

  it('F2: `embedded` stands in where it is sure enough', async () => {
    const sure = await setUp({ model: model(fails('timeout')), builtIn: embedded({ cancel_order: 0.8 }) }).says(
      DAMAGED,
    );
    expect(sure?.data).toMatchObject({ primaryIntent: 'cancel_order', fallbackDepartment: 'Email Support Team' });
    expect(inputOf(sure).classifier.rung).toBe('F2');
    isTrue(sure);
    const unsure = await setUp({ model: model(fails('timeout')), builtIn: embedded({ cancel_order: 0.5 }) }).says(
      DAMAGED,
    );
    expect(inputOf(unsure).classifier.rung).toBe('F1');
  });

  it('F3: where no rule speaks, people find out', async () => {
    const fact = await setUp({ model: model(fails('timeout')) }).says(VAGUE);
    expect(fact?.data).toMatchObject({ primaryIntent: 'unknown_other', fallbackDepartment: 'Email Support Team' });
    expect(fact?.data.fallbackTags).toContain('mw-needs-manual-triage');
    isTrue(fact);
  });

  it('an `embedded` that breaks is left out, as a rung and as the one that decides', async () => {
    const broken = embedded(new Error('bug'));
    const rung = await setUp({ model: model(fails('timeout')), builtIn: broken }).says(DAMAGED);
    expect(inputOf(rung).classifier.rung).toBe('F1');
    const primary = await setUp({ builtIn: broken, env: 'local' }).says(DAMAGED);
    expect(primary?.data).toMatchObject({ errorCode: 'embedded_permanent', fallbackDepartment: 'Returns Admin' });
    isTrue(primary);
  });

  it('what moderation saw stands on its own: Tier 0, in front of every fallback', async () => {
    const fact = await setUp({ model: model(fails('timeout', { moderation: 'strong' })) }).says(VAGUE);
    expect(fact?.metadata.eventName).toBe('MessageClassified');
    expect(fact?.data).toMatchObject({ tier: 0, rank: 2, department: 'Leadership Team' });
    isTrue(fact);
  });

  it('a dispute phrase escalates without any model (scenario 10)', async () => {
    const asked = model(fails('timeout'));
    const fact = await setUp({ model: asked }).says('I am filing a chargeback with my bank.');
    expect(asked.asked).toEqual([]);
    expect(fact?.data).toMatchObject({ tier: 0, primaryIntent: 'chargeback_dispute' });
  });
});

describe('a vendor that wants to be left alone', () => {
  const busy = fails('rate_limited', { parkMs: 20_000 });

  it('is left alone once, as long as it asks; then the message has one attempt', async () => {
    const asked = model({ ...busy, attempts: 1 } as ClassifierAnswer, well({ damaged_item: 0.9 }));
    const { says, unpark, facts } = setUp({ model: asked });
    await says(DAMAGED);
    expect(facts()).toEqual([]);
    expect(await unpark()).toBe(20_000);
    expect(facts().map(({ metadata }) => metadata.eventName)).toEqual(['MessageClassified']);
    expect(asked.asked.map(({ model: about }) => about?.attempts)).toEqual([2, 1]);
  });

  it('that is still busy then is not waited for again', async () => {
    const { says, unpark, facts } = setUp({ model: model(busy) });
    await says(DAMAGED);
    await unpark();
    expect(facts().map(({ data }) => data.errorCode)).toEqual(['openai_rate_limited']);
  });

  it('is not waited for in a chat, nor beyond the first sweep, which would ask again', async () => {
    const chat = await setUp({ model: model(busy), channel: 'livechat' }).says(DAMAGED);
    expect(chat?.data.errorCode).toBe('openai_rate_limited');
    const long = fails('rate_limited', { parkMs: 60_000 });
    expect((await setUp({ model: model(long) }).says(DAMAGED))?.data.errorCode).toBe('openai_rate_limited');
  });
});

describe('statistics', () => {
  it('count how often the one without a network would have said something else', async () => {
    const { says, container } = setUp({
      model: model(well({ damaged_item: 0.9 }), well({ cancel_order: 0.9 })),
      builtIn: embedded({ damaged_item: 0.8 }),
    });
    await says(DAMAGED);
    await says(VAGUE);
    expect(container.telemetry.counts.get('quality.classifiers_compared_total')).toBe(2);
    expect(container.telemetry.counts.get('quality.classifiers_disagreed_total')).toBe(1);
  });

  it.each([
    ['confirms', well({ chargeback_dispute: 0.3 }), 1, undefined],
    ['does not confirm', { ...well({ damaged_item: 0.9 }) }, 1, 1],
    ['fails', fails('timeout'), undefined, undefined],
  ] as const)('`classify_tier0_anyway`: a model that %s has no say', async (_what, answer, compared, unconfirmed) => {
    const text = 'I am filing a chargeback with my bank.';
    const asked = model(answer);
    const plain = await setUp({ model: model() }).says(text);
    const { says, container } = setUp({ model: asked, flags: { classify_tier0_anyway: 'true' } });
    const fact = await says(text);
    expect(asked.asked).toHaveLength(1);
    expect(fact?.data.decision).toEqual(plain?.data.decision);
    expect(fact?.data.spend).toEqual(answer.model?.spend);
    expect(container.telemetry.counts.get('quality.tier0_compared_total')).toBe(compared);
    expect(container.telemetry.counts.get('quality.tier0_unconfirmed_total')).toBe(unconfirmed);
  });
});

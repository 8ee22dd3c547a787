import { describe, expect, it } from 'vitest';
import { EMBEDDED } from '../shared/embedded/testing.ts';
import type { ClassifierRequest } from '../shared/ports.ts';
import { plain } from '../shared/restricted.testing.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { readMessageText } from '../shared/vault/vault.ts';
import { classify } from './handler.ts';

const STATUS = 'Where is my order #20417? Please write to ana@shop.example when it has shipped.';

/** One message through `classify`; `asked` is what the classifier was given. */
async function classified(text: string, about: { readonly isSlow?: boolean } = {}) {
  const world = testWorld();
  const container = world.container('classify');
  const asked: ClassifierRequest[] = [];
  const { clock } = container;
  let tick = 0;
  Object.assign(container, {
    classifier: {
      ...EMBEDDED.classifier,
      classify: (request: ClassifierRequest) => {
        asked.push(request);
        return EMBEDDED.classifier.classify(request);
      },
    },
    // A clock on which every look costs a second: no redaction ends in time.
    ...(about.isSlow && { clock: { ...clock, now: () => clock.now(), monotonic: () => (tick += 1_001) } }),
  });
  const id = world.helpdesk.customerWrites({ conversationId: 'conv_1', text });
  const named = {
    messageId: id,
    messageKey: id,
    intakeKey: id,
    conversationSeq: null,
    commentCreatedAt: null,
    hops: 0,
  };
  await classify(container)(delivered(exampleOf('MessageReceived', world.clock.now(), named, { keyKind: 'message' })));
  const facts = world.bus.published.map(({ detail }) => JSON.parse(detail) as ReturnType<typeof exampleOf>);
  return { ...world, container, asked, facts, id };
}

describe('what a classifier is given (decisions §3.2)', () => {
  it('is the text with placeholders beside the text itself, and which identifiers it held', async () => {
    const { asked } = await classified(STATUS);
    expect(plain(asked)).toMatchObject([
      {
        channel: 'email',
        text: STATUS,
        redacted: 'Where is my order [ORDER_ID]? Please write to [EMAIL] when it has shipped.',
        features: {
          hasOrderNumber: true,
          hasEmail: true,
          hasPhone: false,
          hasTrackingNumber: false,
          hasAttachments: false,
        },
      },
    ]);
  });

  it('is cut after redaction, so that no cut lays half an identifier open', async () => {
    const filler = 'Lovely lamp. '.repeat(230).slice(0, 2_990);
    const { asked } = await classified(`${filler} 4242424242424242 ${'Nice. '.repeat(500)}The end.`);
    expect(plain(asked[0]?.redacted)).not.toMatch(/\d/);
    expect(plain(asked[0]?.redacted)).toMatch(/^Lovely lamp[^…]*\[…\][^…]*The end\.$/);
  });
});

describe('the text for the verifier (platform §2.1)', () => {
  it('of a Tier 2 candidate lies in the vault, redacted and sealed, for an hour', async () => {
    const { container, store, clock, facts, id } = await classified(STATUS);
    expect(facts[0]?.data).toMatchObject({ tierCandidate: 2 });
    expect(plain(await readMessageText(container, 'conv_1', id))).toBe(
      'Where is my order [ORDER_ID]? Please write to [EMAIL] when it has shipped.',
    );
    expect(JSON.stringify(await store.get('vault', { ref: `txt:conv_1:${id}` }))).not.toContain('order');
    clock.advance(3_599_000);
    expect(await readMessageText(container, 'conv_1', id)).not.toBeNull();
    clock.advance(2_000);
    expect(await readMessageText(container, 'conv_1', id)).toBeNull();
  });

  it('is cut to 1,500 and 500 characters', async () => {
    const { container, id } = await classified(`Where is my order? ${'I am waiting for it. '.repeat(200)}`);
    expect(plain(await readMessageText(container, 'conv_1', id))).toHaveLength(2_003);
  });

  it.each(['My lamp arrived broken, the glass is shattered.', 'I have opened a dispute with my bank.', 'hello'])(
    'of any other message is not kept: %s',
    async (text) => {
      const { container, id } = await classified(text);
      expect(await readMessageText(container, 'conv_1', id)).toBeNull();
    },
  );
});

describe('a redaction that fails', () => {
  it('drops the text, says so, and leaves the message to people', async () => {
    const { asked, facts, container, id } = await classified(STATUS, { isSlow: true });
    expect(asked).toEqual([]);
    expect(facts.map(({ metadata }) => metadata.eventName)).toEqual(['ClassificationFailed', 'RedactionFailed']);
    const [decision, failure] = facts;
    expect(failure?.data).toEqual({ stage: 'classification', detectorCode: 'url' });
    expect(decision?.data).toMatchObject({
      errorCode: 'redaction_invalid',
      attempts: 0,
      primaryIntent: 'order_status_tracking',
      fallbackDepartment: 'Email Support Team',
      reasonCodes: expect.arrayContaining(['schema_invalid_fail_closed']),
      fallbackTags: expect.arrayContaining(['mw-model-failure']),
    });
    expect(await readMessageText(container, 'conv_1', id)).toBeNull();
    expect(container.telemetry.counts.get('redaction.failed_total')).toBe(1);
    expect(container.telemetry.lines.filter(({ event }) => event === 'system.redaction.failed')).toEqual([
      {
        level: 'ERROR',
        event: 'system.redaction.failed',
        function: 'classify',
        fields: { error_code: 'url_overdue' },
      },
    ]);
  });

  it('takes nothing from a strong hit', async () => {
    const { facts } = await classified('I have opened a dispute with my bank.', { isSlow: true });
    expect(facts.map(({ metadata }) => metadata.eventName)).toEqual(['MessageClassified']);
    expect(facts[0]?.data).toMatchObject({ tier: 0 });
  });
});

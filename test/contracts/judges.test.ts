/** Classifier, verifier and cipher as ports (issue 3 item 5; decisions §4; platform §2.1). */

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ClassifierInput, VerifierInput } from '../../events/decision.ts';
import { EXAMPLE } from '../../events/examples.ts';
import { INTENTS } from '../../events/words.ts';
import { EMBEDDED } from '../../functions/shared/embedded/testing.ts';
import { seededIds } from '../../functions/shared/ids/memory.ts';
import type { ClassifierRequest, VerifierRequest } from '../../functions/shared/ports.ts';
import { restrict } from '../../functions/shared/restricted.ts';
import { memorySecrets } from '../../functions/shared/secrets/memory.ts';
import { cipherFrom } from '../../functions/shared/vault/cipher.ts';

const ask = (text: string): ClassifierRequest => ({
  channel: 'email',
  text: restrict(text),
  redacted: restrict(text),
  features: EXAMPLE.input.message.features,
});

describe('the embedded classifier', () => {
  it('scores every intent in the form that a decision records, raw and calibrated', async () => {
    const answer = await EMBEDDED.classifier.classify(ask('Where is my order?'));
    if (answer.failure !== undefined) throw new Error('it has no way to fail');
    expect(Object.keys(answer.raw).sort()).toEqual([...INTENTS].sort());
    expect(v.is(ClassifierInput.entries.raw, answer.raw)).toBe(true);
    expect(v.is(ClassifierInput.entries.calibrated, EMBEDDED.classifier.calibrate(answer))).toBe(true);
    expect([answer.tokensIn, answer.tokensOut]).toEqual([0, 0]);
  });

  it('gives the same scores for the same text', async () => {
    const text = 'the lamp i got last week hums, can i swap it';
    expect(await EMBEDDED.classifier.classify(ask(text))).toEqual(await EMBEDDED.classifier.classify(ask(text)));
  });
});

describe('the embedded verifier', () => {
  const request: VerifierRequest = {
    primaryIntent: 'order_status_tracking',
    channel: 'email',
    orderStateLabel: 'in_transit',
    deterministicOrderLink: true,
    text: null,
    screenRuleIds: [],
    keywordIntents: ['order_status_tracking'],
    deniesReceipt: false,
    asksSomethingElse: false,
  };
  it.each<[string, Partial<VerifierRequest>, object]>([
    ['nothing objects', {}, { allow: true, confidence: 1, reasonCode: 'OK' }],
    [
      'no deterministic link',
      { deterministicOrderLink: false },
      { allow: false, downgradeTo: 'TIER_1_SAFE_ASSIST', reasonCode: 'DETERMINISTIC_MATCH_FALSE' },
    ],
    [
      'a rule of the screen',
      { screenRuleIds: ['no-such-rule'] },
      { allow: false, downgradeTo: 'TIER_0_ESCALATION', reasonCode: 'ESCALATION_PRESENT' },
    ],
    [
      'an intent of another class',
      { keywordIntents: ['refund_request'] },
      { allow: false, downgradeTo: 'ROUTE_ONLY', reasonCode: 'CONFLICTING_INTENT' },
    ],
    [
      'a delivered parcel that did not arrive',
      { orderStateLabel: 'delivered', deniesReceipt: true },
      { allow: false, reasonCode: 'CONFLICTING_INTENT' },
    ],
    [
      'a label it does not know, and a parcel that did not arrive',
      { orderStateLabel: 'lost in space', deniesReceipt: true },
      { allow: false, reasonCode: 'TOO_AMBIGUOUS' },
    ],
  ])('%s', async (_when, change, verdict) => {
    const answer = await EMBEDDED.verifier.verify({ ...request, ...change });
    expect(answer).toMatchObject({ kind: 'embedded', failure: null, ...verdict });
    expect(v.is(VerifierInput, answer)).toBe(true);
  });
});

describe('the cipher', () => {
  const sealer = (key: string, seed = 'a') => cipherFrom(memorySecrets(new Map([['vault_key', key]])), seededIds(seed));

  it('opens what it sealed, and seals the same text differently each time', async () => {
    const cipher = sealer('k');
    const [first, second] = [await cipher.seal('order facts ä'), await cipher.seal('order facts ä')];
    expect(first).not.toBe(second);
    expect(first).not.toContain('order');
    expect([await cipher.open(first), await cipher.open(second)]).toEqual(['order facts ä', 'order facts ä']);
  });

  it('opens nothing under another key, and nothing that was changed', async () => {
    const sealed = await sealer('k').seal('facts');
    await expect(sealer('other').open(sealed)).rejects.toThrow();
    const last = sealed.at(-1) === 'A' ? 'B' : 'A';
    await expect(sealer('k').open(`${sealed.slice(0, 10)}${last}${sealed.slice(11)}`)).rejects.toThrow();
  });
});

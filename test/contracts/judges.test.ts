/** Classifier, verifier and cipher as ports (issue 3 item 5; decisions §4; platform §2.1). */

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ClassifierInput, VerifierInput } from '../../events/decision.ts';
import { EXAMPLE } from '../../events/examples.ts';
import { INTENTS } from '../../events/words.ts';
import { keywordClassifier } from '../../functions/shared/classifier/keyword.ts';
import { seededIds } from '../../functions/shared/ids/memory.ts';
import type { ClassifierRequest, VerifierRequest } from '../../functions/shared/ports.ts';
import { memorySecrets } from '../../functions/shared/secrets/memory.ts';
import { cipherFrom } from '../../functions/shared/vault/cipher.ts';
import { embeddedVerifier } from '../../functions/shared/verifier/embedded.ts';

const ask = (text: string): ClassifierRequest => ({
  channel: 'email',
  text,
  redacted: text,
  features: EXAMPLE.input.message.features,
});

describe('the keyword classifier', () => {
  it('scores every intent in the form that a decision records, and keeps its scores under calibration', async () => {
    const { raw, tokensIn, tokensOut } = await keywordClassifier.classify(ask('Where is my order?'));
    expect(Object.keys(raw).sort()).toEqual([...INTENTS].sort());
    expect(v.is(ClassifierInput.entries.raw, raw)).toBe(true);
    expect(keywordClassifier.calibrate(raw)).toEqual(raw);
    expect([tokensIn, tokensOut]).toEqual([0, 0]);
  });

  it('knows nothing of a sentence without a phrase: unknown_other 0.40', async () => {
    const { raw } = await keywordClassifier.classify(ask('lorem ipsum'));
    expect(raw.unknown_other).toBe(0.4);
    expect(Math.max(...INTENTS.filter((intent) => intent !== 'unknown_other').map((intent) => raw[intent] ?? 0))).toBe(
      0,
    );
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
    const answer = await embeddedVerifier.verify({ ...request, ...change });
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

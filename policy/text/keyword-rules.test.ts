import { describe, expect, it } from 'vitest';
import { KEYWORD_RULES } from './keyword-rules.ts';
import { RULE_SAMPLES } from './keyword-samples.testing.ts';
import { keywordHits } from './keywords.ts';

const rulesIn = (text: string) => keywordHits(text).map(({ ruleId }) => ruleId);

describe('each rule of the keyword classifier', () => {
  it('has a sample', () => {
    expect(RULE_SAMPLES.map(({ ruleId }) => ruleId).toSorted()).toEqual(KEYWORD_RULES.map(({ id }) => id).toSorted());
  });

  it.each(RULE_SAMPLES)('$ruleId, $precision, alone catches: $text', ({ ruleId, intent, precision, text }) => {
    expect(keywordHits(text)).toEqual([{ intent, ruleId, precision }]);
  });
});

describe('each word class of the rules', () => {
  it.each([
    ['order', 'Cancel the purchase.', 'cancel.order'],
    ['parcel', 'Cancel the shipment.', 'cancel.order'],
    ['goods', 'A candle is missing.', 'missing.item'],
    ['device', 'The humidifier refuses to start.', 'technical.fault'],
    ['variant', 'Swap this for walnut.', 'exchange.variant'],
    ['trait', 'Swap this for my talla.', 'exchange.variant'],
    ['carrier', 'The courier dropped it at the door, I cannot find it.', 'dnr.reported_delivered'],
    ['number', 'I only got three.', 'missing.item'],
    ['span', 'I waited a fortnight.', 'delay.not_moving'],
    ['ask_cancel', 'Cancelation, please.', 'cancel.order_weak'],
    ['cancelled', 'My pedido should be cancelado.', 'cancel.order'],
    ['subscription', 'Stop my membership.', 'subscription.stop'],
    ['stop', 'Terminate my membership.', 'subscription.stop'],
    ['change', 'Amend my street.', 'address.change'],
    ['address', 'Amend my street.', 'address.change'],
    ['came', 'It arrived with a dent.', 'damaged.arrival'],
    ['broken', 'It arrived with a dent.', 'damaged.arrival'],
    ['not_here', 'It claims delivered and I cannot find it.', 'dnr.reported_delivered'],
    ['delivered', 'It claims delivered and I cannot find it.', 'dnr.reported_delivered'],
    ['reported', 'It claims delivered and I cannot find it.', 'dnr.reported_delivered'],
    ['wrong', 'This is the incorrect product.', 'wrong.item'],
    ['moved', 'Why has it not progressed?', 'delay.not_moving'],
    ['not_yet', 'Why has it not progressed?', 'delay.not_moving'],
    ['about', 'Concerning my parcel.', 'status.weak'],
    ['mine', 'I bought a lamp and I am looking for it.', 'status.weak'],
    ['whereabouts', 'I bought a lamp and I am looking for it.', 'status.weak'],
    ['malfunction', 'The humidifier refuses to start.', 'technical.fault'],
  ])('@%s in: %s', (_name, text, rule) => {
    expect(rulesIn(text)).toContain(rule);
  });
});

describe('expressions that would mislead a rule', () => {
  it.each([
    ['Is it too late to cancel?', 'cancel.order'],
    ['It will get delivered, nobody knows where.', 'dnr.reported_delivered'],
    ['It was never delivered, nobody came.', 'dnr.reported_delivered'],
    ['The app says out for delivery and I see nothing.', 'dnr.reported_delivered'],
    ['It goes return to sender.', 'return.weak'],
    ['Please return my email.', 'return.goods'],
    ['In exchange for a post.', 'exchange.variant'],
    ['The battery charged twice.', 'billing.wrong_charge'],
    ['Did you forget about my order?', 'cancel.order'],
  ])('%s: not %s', (text, rule) => {
    expect(rulesIn(text)).not.toContain(rule);
  });
});

describe('how the rules read', () => {
  it('over a line end and a full stop, but of what is to come in one sentence only', () => {
    expect(rulesIn('Please cancel\nmy order')).toContain('cancel.order');
    expect(rulesIn('Please cancel. My order.')).toContain('cancel.order');
    expect(rulesIn('Tell me when it has to be delivered.')).toContain('status.expected');
    expect(rulesIn('I do not care when. It has to be delivered.')).not.toContain('status.expected');
  });

  it('words of six letters and more with one letter wrong', () => {
    expect(rulesIn('My parcel was stoken.')).toContain('dnr.stolen');
    expect(rulesIn('My parcel was stoll.')).not.toContain('dnr.stolen');
    expect(rulesIn('Shoukd it be delivered?')).toContain('status.expected');
    expect(rulesIn('Whenz it be delivered?')).not.toContain('status.expected');
  });

  it('64,000 characters (decisions §2.1)', () => {
    expect(rulesIn(`${'z'.repeat(63_996)} rma`)).toEqual(['return.goods']);
    expect(rulesIn(`${'z'.repeat(63_997)} rma`)).toEqual([]);
  });
});

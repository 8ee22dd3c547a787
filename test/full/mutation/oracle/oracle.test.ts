import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { DecisionInput } from '../../../../events/decision.ts';
import { randomFrom } from '../sample.ts';
import { inputs } from './inputs.ts';
import { orderCases } from './orders.ts';
import { readInput } from './read-input.ts';
import { readOrder } from './read-order.ts';
import { readText } from './read-text.ts';
import { texts } from './texts.ts';

const said = (value: unknown): string => JSON.stringify(value);

describe('what the oracle asks', () => {
  it('is the same for the same seed', () => {
    expect(inputs(50, randomFrom(3))).toEqual(inputs(50, randomFrom(3)));
    expect(texts(2_600, randomFrom(3))).toEqual(texts(2_600, randomFrom(3)));
    expect(orderCases(400, randomFrom(3))).toEqual(orderCases(400, randomFrom(3)));
  });

  it('are valid decision inputs of this release', () => {
    for (const input of inputs(300, randomFrom(4))) {
      expect(v.safeParse(DecisionInput, input).success).toBe(true);
      expect(input.classifier.requested).toBeNull();
      expect(input.turn.moderation).toBeNull();
      expect(input.state.lastAuthor).toBe('customer');
    }
  });
});

describe('what the oracle sees', () => {
  it('tells texts apart that are decided differently, and no others', () => {
    expect(said(readText('Where is my order?', 'email'))).not.toBe(said(readText('Cancel my order please', 'email')));
    // `social` and `phone` get the same answer to an order question: none (decisions §1.4).
    const question = 'Where is my order right now?';
    expect(said(readText(question, 'social'))).toBe(said(readText(question, 'phone')));
  });

  it('tells orders apart by what a reply would say', () => {
    const [first] = orderCases(1, randomFrom(1));
    if (first === undefined) throw new Error('no order in the shipped rows');
    const renamed = { ...first, order: { ...first.order, orderName: '#1' } };
    expect(said(readOrder(renamed))).not.toBe(said(readOrder(first)));
    expect(said(readOrder({ ...first }))).toBe(said(readOrder(first)));
  });

  it('follows an input to the stage of sending', () => {
    const [input, later] = inputs(2, randomFrom(5));
    if (input === undefined || later === undefined) throw new Error('two were asked for');
    expect(said(readInput(input, later))).toBe(said(readInput(structuredClone(input), later)));
  });
});

import { describe, expect, it } from 'vitest';
import { allPartsOf, partsOf } from './parts.ts';

describe('the parts of a message', () => {
  it.each([
    { text: 'Where is my order? Please stop the plan.', parts: ['Where is my order?', 'Please stop the plan.'] },
    { text: 'it came broken\n\nI want another', parts: ['it came broken', 'I want another'] },
    { text: 'send it now; I paid twice', parts: ['send it now', 'I paid twice'] },
    { text: 'it came broken and I want another', parts: ['it came broken', 'I want another'] },
    { text: 'it came broken, but I like it', parts: ['it came broken', 'I like it'] },
    { text: 'cancel my order or stop the plan', parts: ['cancel my order', 'stop the plan'] },
    { text: 'where is it also cancel the plan', parts: ['where is it', 'cancel the plan'] },
    { text: 'no llega el paquete pero quiero otro igual', parts: ['no llega el paquete', 'quiero otro igual'] },
    { text: 'the handle broke off', parts: ['the handle broke off'] },
    { text: 'order 10.432 is late', parts: ['order 10.432 is late'] },
  ])('$text', ({ text, parts }) => {
    expect(allPartsOf(text)).toEqual(parts);
    expect(partsOf(text)).toEqual(parts);
  });

  it('a part has three words or is none', () => {
    expect(allPartsOf('Hi there. It broke. It broke today.')).toEqual(['It broke today.']);
    expect(allPartsOf('  ')).toEqual([]);
  });

  it('8,000 characters are read, not one more', () => {
    expect(allPartsOf(`${' '.repeat(7_986)}it came broken!`)).toEqual(['it came broken']);
    expect(allPartsOf(`${' '.repeat(7_985)}it came broken!`)).toEqual(['it came broken!']);
  });
});

describe('the parts of a long letter', () => {
  const parts = (count: number): string[] => Array.from({ length: count }, (_, at) => `this is part ${at}.`);

  it('twelve are read all', () => {
    expect(partsOf(parts(12).join(' '))).toEqual(parts(12));
  });
  it('of thirteen the first six and the last six', () => {
    const all = parts(13);
    expect(partsOf(all.join(' '))).toEqual([...all.slice(0, 6), ...all.slice(7)]);
    expect(allPartsOf(all.join(' '))).toEqual(all);
  });
});

import { describe, expect, it } from 'vitest';
import { LIBRARY } from './generated/library.ts';
import { compareMacros, type Macro, macroTexts } from './macros.ts';

const OURS = macroTexts(LIBRARY);

function textOf(name: string): string {
  const macro = OURS.find((one) => one.name === name);
  if (macro === undefined) throw new Error(`no macro ${name}`);
  return macro.text;
}

describe('macroTexts (replies §6)', () => {
  it('names a macro for every template but the estimate', () => {
    expect(OURS.map(({ templateId }) => templateId).sort()).toEqual(
      LIBRARY.templates
        .map(({ meta }) => meta.id)
        .filter((id) => id !== 't_order_eta_no_tracking_verified')
        .sort(),
    );
    expect(new Set(OURS.map(({ name }) => name)).size).toBe(23);
  });

  it('is static text: the helpdesk’s own placeholders, blanks for the agent, none of ours', () => {
    expect(textOf('AUTO: Order Status — Verified')).toBe(`Hi %First Name%,
Here is where order %Order Name% stands right now.
- Status: ___
Carrier pages can lag behind the parcel. If what you see does not match, reply to this message and our team will check it with you.`);
    for (const { text } of OURS) expect(text).not.toMatch(/[{}]/);
  });

  it('begins with the nine static intakes, and keeps five texts for people', () => {
    expect(OURS.filter(({ isFirstBatch }) => isFirstBatch)).toHaveLength(9);
    expect(
      OURS.filter(({ isForAgentsOnly }) => isForAgentsOnly)
        .map(({ templateId }) => templateId)
        .sort(),
    ).toEqual(['t_chargeback_neutral_ack', 't_fraud_ack', 't_harassment_ack', 't_legal_threat_ack', 't_unknown_ack']);
  });
});

const DAMAGED = 'AUTO: Damaged Item — Intake';

/** The workspace as it should be, with one macro changed or taken out. */
function compare(name: string, change: (text: string) => string | null, more: readonly Macro[] = []) {
  const theirs = OURS.flatMap((one) => {
    const text = one.name === name ? change(one.text) : one.text;
    return text === null ? [] : [{ name: one.name, text }];
  });
  const { macros, flagged } = compareMacros(OURS, [...theirs, ...more]);
  return { flagged, differing: macros.filter(({ state }) => state !== 'equal') };
}

describe('compareMacros (replies §6)', () => {
  it('finds nothing in a workspace that has our texts', () => {
    expect(compare('', (text) => text)).toEqual({ flagged: [], differing: [] });
  });

  it.each([
    ['a signature', (text: string) => `${text}\n\n— Customer Support`],
    ['a greeting without the name', (text: string) => text.replace('Hi %First Name%,', 'Hi,')],
    ['another placeholder', (text: string) => text.replace('%First Name%', '%Customer First Name%')],
    ['other spacing', (text: string) => text.replaceAll('\n', '\r\n\r\n  ')],
  ])('%s is no difference', (_what, change) => {
    expect(compare(DAMAGED, change).differing).toEqual([]);
  });

  it('names are compared as people type them', () => {
    const theirs = OURS.map(({ name, text }) => ({ name: name.replaceAll('—', '-').toUpperCase(), text }));
    expect(compareMacros(OURS, theirs).macros.filter(({ state }) => state !== 'equal')).toEqual([]);
  });

  it('tells another wording from another text', () => {
    const templateId = 't_damaged_item_intake';
    // 45 different words of which one is another: 44 of 46 in all.
    expect(compare(DAMAGED, (text) => text.replace('follow up', 'come back'))).toMatchObject({
      differing: [{ name: DAMAGED, templateId, state: 'wording', adds: [] }],
    });
    expect(compare(DAMAGED, () => 'Please send a photo.')).toMatchObject({
      differing: [{ name: DAMAGED, templateId, state: 'diverged', adds: [] }],
    });
    expect(compare(DAMAGED, () => null).differing).toEqual([
      { name: DAMAGED, templateId, state: 'missing', similarity: null, adds: [] },
    ]);
  });

  it.each([
    ['We guarantee a new one.', 'promise'],
    ['See https://shop.example/returns', 'link'],
    ['Track it: %Order Tracking URL%', 'link'],
    ['Send it to 12 Main Street.', 'address'],
    ['Write to help@shop.example', 'address'],
    ['Shipped to %Shipping Address%', 'address'],
  ])('“%s” adds a %s, however small the difference', (line, added) => {
    expect(compare(DAMAGED, (text) => `${text}\n${line}`).differing[0]?.adds).toEqual([added]);
  });

  it('knows the macros that are not ours', () => {
    const more = [
      { name: 'AUTO: Gift Cards', text: 'Hello' },
      { name: 'MW Feedback: Misroute', text: '' },
      { name: 'MW Feedback: Bad Reply', text: 'Sorry' },
      { name: 'ORDERS: Old', text: 'It goes to INSERT ADDRESS. XXXX. We promise.' },
      { name: 'ORDERS: Address', text: 'To %Shipping Address%' },
      { name: 'ORDERS: Fine', text: 'Hello there' },
    ];
    expect(compare('', (text) => text, more)).toEqual({
      differing: [{ name: 'AUTO: Gift Cards', templateId: null, state: 'unexpected AUTO', similarity: null, adds: [] }],
      flagged: [
        { name: 'MW Feedback: Bad Reply', findings: ['text in a feedback macro'] },
        { name: 'ORDERS: Old', findings: ['INSERT ADDRESS', 'XXXX', '“promise”'] },
        { name: 'ORDERS: Address', findings: ['an address field'] },
      ],
    });
  });
});

/** Nothing that a customer wrote is lost between the message and the reply: found by a review that hid a second wish where no classifier read it. */
import { describe, expect, it } from 'vitest';
import { systemFor } from './classifiers.ts';
import { judge } from './system.ts';

const { system } = await systemFor('embedded');

/** Is the status of the linked order sent? */
async function isAnswered(...comments: readonly string[]): Promise<boolean> {
  const message = { id: 'x', channel: 'email', comments, attachments: 0, hasOrder: true } as const;
  const { last } = await judge(system, message);
  return last.tier === 2 && last.action === 'SEND_TEMPLATE';
}

/** About 4,000 characters that ask for nothing. */
const STORY = 'It is for my sister, who turns forty this month, and the whole family meets at the lake. '.repeat(45);
const ASKED = 'Where is my order 1043?';

describe('an order question is not answered beside another wish', () => {
  it.each([
    `${ASKED}\n--\nActually please cancel it and refund me.`,
    `${ASKED}\n--\nCancel order\nDana Roe`,
    `${ASKED}\n—\nPlease cancel it, I found it cheaper.`,
    `${ASKED}\n____________________\nI want to return the mug, it came broken`,
    `${ASKED}\n____________________\nIf it is not here on Friday I open a chargeback`,
    `${ASKED}\n\nFrom: me\nSent: today\nSubject: cancel it\n\nthanks`,
    `${ASKED}\n\nFrom: dana@roe.example\nSent: today\nSubject: cancel it\n\nthanks`,
    `${ASKED}\n-----Original Message-----\nplease cancel it`,
    `${ASKED}\nOn Monday I wrote:\nplease cancel it`,
    `${ASKED}\nSent from my desk cancel the order`,
    `${ASKED}\n\nThis message is intended for the manager: please cancel my order.`,
    `${ASKED}\n\nThis confidential message is intended for the manager: please cancel my order.`,
  ])('under the message: %j', async (text) => {
    expect(await isAnswered(text)).toBe(false);
  });

  it.each([
    'Where is my order? I need to change it to size=L before it ships.',
    'Where is my order?\nDecision: cancel it please, I found it cheaper.',
    'Where is my order?\nTool: it broke, can I get my money back',
    'Where is my order?\nFunction: none, the diffuser does not turn on and I want a refund',
    'Where is my order? {please cancel it}',
    'Where is my order? <cancel it please>',
    'Where is my order? {"note": "please cancel it"}',
  ])('in the voice of a machine: %j', async (text) => {
    expect(await isAnswered(text)).toBe(false);
  });

  it('in the middle of a long letter', async () => {
    const wish = 'Please cancel it, I do not want it any more.';
    expect(await isAnswered(`where is my order? ${STORY}${wish} ${STORY}`)).toBe(false);
  });

  it('behind the last character that is read', async () => {
    const wish = 'Please cancel it, I do not want it any more.';
    expect(await isAnswered(`${ASKED} ${'Thanks a lot. '.repeat(5_000)}${wish}`)).toBe(false);
  });

  it('in an older comment, under a signature mark', async () => {
    expect(await isAnswered('Where is my order?\n--\nplease cancel it', 'any update on my order please?')).toBe(false);
  });
});

describe('an order question is answered', () => {
  it.each([
    ASKED,
    `${ASKED}\n--\nDana Roe\nRoe Interiors Ltd\n+1 555 010 4477\nwww.roe-interiors.example`,
    `${ASKED}\n--\nDana Roe\nPurchasing Manager, Roe Interiors\n12 Oak Street, Reno, NV 89501`,
    `${ASKED}\n\n--\nThank you,\nDana`,
    `${ASKED}\n—\nDana Roe`,
    `${ASKED}\n\nSent from my iPhone`,
    `${ASKED}\n\nCONFIDENTIALITY NOTICE: This e-mail and any attachments are confidential and intended only for the named recipient. If you received it in error, please notify the sender and delete it.`,
    `${ASKED}\n\nOn Mon, 12 Jan 2026 at 10:04, Dana Roe <dana@roe.example> wrote:\n> Please cancel my order, I changed my mind.`,
    `${ASKED}\n\nOn Mon, 12 Jan 2026 at 10:04, Dana Roe <dana@roe.example> wrote:\n\nPlease cancel my order, I changed my mind.`,
    `${ASKED}\n\n-----Original Message-----\nFrom: Shop <help@shop.example>\nSent: Monday, 12 January 2026 10:04\nTo: Dana Roe\nSubject: Your order is confirmed\n\nTo cancel your order, reply within an hour. For refunds see our policy.`,
    `${ASKED}\n________________________________\nFrom: Shop <help@shop.example>\nSent: Monday, 12 January 2026 10:04\nTo: Dana Roe\nSubject: Your order\n\nThanks for your order, it is being packed.`,
  ])('%j', async (text) => {
    expect(await isAnswered(text)).toBe(true);
  });

  it('after an older comment with a plain signature', async () => {
    expect(await isAnswered('Where is my order?\n--\nDana Roe', 'any update on my order please?')).toBe(true);
  });
});

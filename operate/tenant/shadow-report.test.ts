/** What is printed of a ticket is what `npx frontdesk ticket` takes. */
import { expect, it } from 'vitest';
import { decodeVendorId, encodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { createTerminalView } from '../../local/view/terminal.ts';
import { eventId } from '../trail/ids.ts';
import { shadowText } from './shadow-report.ts';

const MESSAGE_ID = '<CAF-a-very-long-message-id-of-some-mail-server@mail.example.test>';
const CONVERSATION = encodeVendorId(MESSAGE_ID) ?? '';

it.each([MESSAGE_ID, '3f6d0f5e-9b1c-4c55-8f0e-2f9a1f0b7c11'])('the report has the whole id of %s', (conversationId) => {
  const row = {
    conversationId,
    ticket: null,
    receivedAt: '2026-01-15T12:00:00.000Z',
    channel: 'email',
    outcome: null,
    intent: null,
    team: null,
    wouldReply: null,
    gates: [],
  };
  const line = shadowText({ messages: 1, wouldReply: 0, wouldRoute: 0, rows: [row] }).split('\n')[1] ?? '';
  const [printed = ''] = line.split(' ');
  expect(decodeVendorId(eventId(printed) ?? '')).toBe(conversationId);
});

it('so has the live view where numbers say nothing', () => {
  const written: string[] = [];
  const view = createTerminalView({ write: (text) => written.push(String(text)) }, () => undefined);
  view.show({
    root: 'e-1',
    conversationId: CONVERSATION,
    channel: 'email',
    receivedAt: '2026-01-15T12:00:00.000Z',
    steps: [{ fact: 'MessageSettled', label: 'settled', ms: 1 }],
    intent: null,
    team: null,
    template: null,
    wouldSend: null,
    objections: [],
    outcome: 'routed',
    ms: 1,
  });
  view.close();
  expect(written.join('').split(/ +/)).toContain(CONVERSATION);
});

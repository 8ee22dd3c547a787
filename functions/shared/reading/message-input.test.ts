import { describe, expect, it } from 'vitest';
import { restrict } from '../restricted.ts';
import { readComment } from './labels.ts';
import { messageInput } from './message-input.ts';

const COMMENT = {
  id: 'c',
  createdAt: 0,
  author: 'customer',
  isPublic: true,
  channel: null,
  isHtml: false,
  attachments: 0,
} as const;
const read = (text: string) => messageInput(readComment({ ...COMMENT, text: restrict(text) }), 'email', []);

describe('a contact change with a wish to be sent the tracking (decisions §6.4)', () => {
  it.each([
    { when: 'both', text: 'I changed my phone number, please resend the tracking link to the new one.', is: true },
    { when: 'a contact change alone', text: 'Please note that I changed my phone number.', is: false },
    { when: 'the tracking alone', text: 'Please resend the tracking link.', is: false },
    {
      when: 'both in somebody’s quoted mail',
      text: 'Where is it?\n\nOn Mon, 5 Jan 2026 at 10:00, Shop <shop@mail.test> wrote:\n> I changed my phone number, please resend the tracking link to the new one.',
      is: false,
    },
  ])('$when: $is', ({ text, is }) => {
    expect(read(text).topics.contactChange).toBe(is);
  });
});

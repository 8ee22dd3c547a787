/** Texts made to be slow, for tests and measurements of the screen. */
export const HOSTILE_TEXTS = [
  { name: 'plain text', text: 'please refund the charge to my card or bank if you send it '.repeat(140) },
  { name: 'only new words', text: Array.from({ length: 900 }, (_, i) => `unau${(i * 7919).toString(36)}x`).join(' ') },
  { name: 'single letters', text: 'c h a r g e '.repeat(700) },
  { name: 'digits and signs', text: '1@$1!0 '.repeat(1_150) },
  { name: 'one endless word', text: 'chargebac'.repeat(890) },
] as const;

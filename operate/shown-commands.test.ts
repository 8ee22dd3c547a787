import { describe, expect, it } from 'vitest';
import { pointedAt } from './shown-commands.ts';

const TEXT = 'look at `npx frontdesk flags get safe_mode`, or `npx frontdesk doctor`; see `npx frontdesk --help`';

describe('commands that are shown', () => {
  it.each([
    { when: 'nothing was given', pointed: { target: 'local', data: '.frontdesk' }, shown: TEXT },
    {
      when: 'a folder was given',
      pointed: { target: 'local', data: '/tmp/mine' },
      shown:
        'look at `npx frontdesk --data /tmp/mine flags get safe_mode`, or `npx frontdesk --data /tmp/mine doctor`; see `npx frontdesk --help`',
    },
    {
      when: 'its name has blanks and quotes',
      pointed: { target: 'local', data: "it's mine $&" },
      shown: TEXT.replaceAll(/frontdesk (?=[fd])/g, () => "frontdesk --data 'it'\\''s mine $&' "),
    },
    {
      when: 'a stage was given',
      pointed: { target: 'aws', stage: 'prod', data: '.frontdesk' },
      shown:
        'look at `npx frontdesk --target aws --stage prod flags get safe_mode`, or `npx frontdesk doctor`; see `npx frontdesk --help`',
    },
    { when: 'the stage is missing', pointed: { target: 'aws', data: '.frontdesk' }, shown: TEXT },
  ])('$when', ({ pointed, shown }) => expect(pointedAt(TEXT, pointed)).toBe(shown));
});

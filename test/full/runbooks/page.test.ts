import { describe, expect, it } from 'vitest';
import { filled, pageOf, placeholdersOf, wordsOf } from './page.ts';

const PAGE = `# R000 · Nothing

Words with \`npx frontdesk never\`.

## Contain

\`\`\`sh
npx frontdesk --json stop --level safe --reason "why not"
# note .verifiedAt as <stopped-at>
# now a person reads this
\`\`\`

## Repair

\`\`\`text by hand
Switch it off,
there.
\`\`\`

\`\`\`sh local
npx frontdesk say hello
# exit 1
\`\`\`

\`\`\`console
aws sts get-caller-identity
\`\`\`

## Verify

\`\`\`sh
npx frontdesk --json dlq redrive --max 10 --yes
# again until .left == 0
npx frontdesk --json status
# expect .deadLetters == 0
# expect .lastReplyAt < "<stopped-at>"
npx frontdesk resume
# again while refused
\`\`\`

## Follow-up

\`\`\`sh
npx frontdesk not run
\`\`\`
`;

describe('a runbook page', () => {
  const { title, headings, sections } = pageOf(PAGE);
  const command = { kind: 'command', reaches: 'both', exitCode: 0, notes: [], expects: [], again: null } as const;

  it('has a title and headings', () => {
    expect(title).toBe('R000 · Nothing');
    expect(headings).toEqual(['Contain', 'Repair', 'Verify', 'Follow-up']);
  });

  it('has the steps of each section, as written', () => {
    expect(sections).toEqual({
      Contain: [
        {
          ...command,
          line: 'npx frontdesk --json stop --level safe --reason "why not"',
          notes: [{ path: '.verifiedAt', name: 'stopped-at' }],
        },
      ],
      Diagnose: [],
      Repair: [
        { kind: 'deed', text: 'Switch it off, there.' },
        { ...command, line: 'npx frontdesk say hello', reaches: 'local', exitCode: 1 },
        { ...command, line: 'aws sts get-caller-identity', reaches: 'aws' },
      ],
      Verify: [
        { ...command, line: 'npx frontdesk --json dlq redrive --max 10 --yes', again: { until: '.left == 0' } },
        {
          ...command,
          line: 'npx frontdesk --json status',
          expects: ['.deadLetters == 0', '.lastReplyAt < "<stopped-at>"'],
        },
        { ...command, line: 'npx frontdesk resume', again: 'while refused' },
      ],
      Resume: [],
    });
  });

  it('takes lines apart and fills them', () => {
    expect(wordsOf('npx frontdesk stop --reason "two words"')).toEqual([
      'npx',
      'frontdesk',
      'stop',
      '--reason',
      'two words',
    ]);
    expect(placeholdersOf('.a < "<stopped-at>" and <b>')).toEqual(['stopped-at', 'b']);
    expect(filled('ticket <b>', new Map([['b', 'conv-1']]))).toBe('ticket conv-1');
    expect(() => filled('ticket <c>', new Map())).toThrow('<c> is not known');
  });
});

import { describe, expect, it } from 'vitest';
import { toldIn, untrue } from './document.ts';

const PAGE = `# Page

\`\`\`sh
npx frontdesk one
npx frontdesk two "of three"
\`\`\`
\`\`\`text
took  1.4 s at 2026-01-31 09:30:00 America/New_York
\`\`\`

\`\`\`console
npx frontdesk never
\`\`\`
`;

describe('a page that is walked through', () => {
  const [one, two, ...rest] = toldIn(PAGE);

  it('gives its commands in order, with what the last one of a block prints; other blocks are left alone', () => {
    expect(one).toEqual({ command: 'npx frontdesk one', output: [] });
    expect(two?.command).toBe('npx frontdesk two "of three"');
    expect(rest).toEqual([]);
  });

  it.each([
    {
      when: 'only figures, times and spaces differ',
      printed: 'took 12 min 3 s at 2027-02-01 11:00:59 Europe/Paris',
      missing: 1,
    },
    {
      when: 'the zone is another of the same continent',
      printed: 'took 320 ms at 2027-02-01 11:00:59 America/Chicago',
      missing: 0,
    },
    { when: 'a word differs', printed: 'needed 1.4 s at 2026-01-31 09:30:00 America/New_York', missing: 1 },
  ])('$when → lines that are untrue: $missing', ({ printed, missing }) => {
    if (two) expect(untrue(two, `other line\n${printed}\n`)).toHaveLength(missing);
  });
});

import { describe, expect, it } from 'vitest';
import { stampChangelog, unreleasedNotes } from './changelog.ts';

const RELEASED = '## 0.1.0 · 2026-01-31\n\n- First.\n';

describe('the notes under "Unreleased"', () => {
  it.each([
    { when: 'the section is missing', text: `# Changelog\n\n${RELEASED}`, notes: null },
    { when: 'it is empty', text: `# Changelog\n\n## Unreleased\n\n${RELEASED}`, notes: '' },
    { when: 'it is the last', text: '## Unreleased\n\n- Second.\n', notes: '- Second.' },
    { when: 'others follow', text: `## Unreleased\n\n### Added\n- A.\n\n${RELEASED}`, notes: '### Added\n- A.' },
    { when: 'lines end as on Windows', text: '## Unreleased\r\n\r\n- A.\r\n- B.\r\n', notes: '- A.\n- B.' },
    { when: 'only a deeper heading has the name', text: '### Unreleased\n\n- A.\n', notes: null },
    { when: 'only a sentence has the name', text: 'See ## Unreleased\n', notes: null },
  ])('are found when $when', ({ text, notes }) => expect(unreleasedNotes(text)).toBe(notes));
});

describe('stamping', () => {
  it('gives the notes version and day and leaves the rest as it was', () => {
    const text = `# Changelog\n\n## Unreleased\n\n- Second.\n\n${RELEASED}`;
    expect(stampChangelog(text, { version: '0.2.0', date: '2026-02-28' })).toBe(
      `# Changelog\n\n## 0.2.0 · 2026-02-28\n\n- Second.\n\n${RELEASED}`,
    );
  });

  it('refuses without the section', () => {
    expect(() => stampChangelog(RELEASED, { version: '0.2.0', date: '2026-02-28' })).toThrow('Unreleased');
  });
});

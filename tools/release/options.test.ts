import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const read = (words: string, variables: Record<string, string> = {}) =>
  readOptions(words.split(' ').filter(Boolean), variables);

describe('the words of npm run release', () => {
  it.each([
    { words: '0.2.0', options: { version: '0.2.0', isDryRun: false, isJson: false } },
    { words: '10.20.30 --dry-run --json', options: { version: '10.20.30', isDryRun: true, isJson: true } },
  ])('$words is taken', ({ words, options }) => expect(read(words)).toEqual({ ok: true, options }));

  it('a --dry-run that npm took for its own is one all the same', () => {
    expect(read('0.2.0', { npm_config_dry_run: 'true', npm_config_json: 'true' })).toEqual({
      ok: true,
      options: { version: '0.2.0', isDryRun: true, isJson: true },
    });
  });

  it.each([
    ['', 'name the version'],
    ['0.2.0 0.3.0', 'one version is enough'],
    ['v0.2.0', '"v0.2.0" is no version'],
    ['0.2', '"0.2" is no version'],
    ['0.2.0-beta.1', '"0.2.0-beta.1" is no version'],
    ['0.2.0+5', '"0.2.0+5" is no version'],
    ['next', '"next" is no version'],
    ['0.2.0 --force', "Unknown option '--force'"],
    ['0.2.0 --skip-check', "Unknown option '--skip-check'"],
  ])('"%s" is refused with the usage', (words, says) => {
    const answer = read(words);
    expect(answer.ok ? '' : answer.says).toContain(says);
    expect(answer.ok ? '' : answer.says).toContain('usage: npm run release');
  });
});

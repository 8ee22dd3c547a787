/** The sentences that the screen and the policy are tested with: each stands right beside a threat or is one, short, with the same words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RiskFlag } from '../../events/words.ts';
import { SCREEN_RULES, type ScreenStrength } from '../../policy/text/screen-rules.ts';

const POLICY = join(import.meta.dirname, '../../policy');
const OF_SCREEN = join(POLICY, 'text/testdata');
const OF_POLICY = join(POLICY, 'testdata-acceptance');

export type RuleSentence = {
  readonly text: string;
  /** What it is a strong hit of; `null` where nobody is threatened, or it is only weak. */
  readonly family: RiskFlag | null;
};

type SampleLine = { readonly rule: string; readonly hits: readonly string[]; readonly benign: readonly string[] };
type CaseLine = {
  readonly text: string;
  readonly strength: 'none' | ScreenStrength;
  readonly family: RiskFlag | null;
};

/** `risk`: a family, or what the screen is to say of it. */
type AcceptanceLine = { readonly text: string; readonly risk: RiskFlag | 'none' | 'weak' | 'any' };

/** In groups: sentences of one rule stay together, for they vary one thought. */
export function ruleSentences(): RuleSentence[][] {
  const ofRules = linesOf<SampleLine>(OF_SCREEN, 'screen-samples.jsonl').map(({ rule, hits, benign }) => {
    const { family, strength } = SCREEN_RULES.find(({ id }) => id === rule) ?? { family: null, strength: 'weak' };
    return [
      ...hits.map((text) => ({ text, family: strength === 'strong' ? family : null })),
      ...benign.map((text) => ({ text, family: null })),
    ];
  });
  const cases = linesOf<CaseLine>(OF_SCREEN, 'screen-cases.jsonl').map(({ text, strength, family }) => [
    { text, family: strength === 'strong' ? family : null },
  ]);
  const acceptance = readdirSync(OF_POLICY)
    .toSorted()
    .flatMap((file) => linesOf<AcceptanceLine>(OF_POLICY, file))
    .flatMap(({ text, risk }) =>
      risk === 'any' ? [] : [[{ text, family: risk === 'none' || risk === 'weak' ? null : risk }]],
    );
  return [...ofRules, ...cases, ...acceptance];
}

function linesOf<Line>(folder: string, file: string): Line[] {
  return readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

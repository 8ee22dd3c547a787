/** From the corpus to what the repository keeps of the learnt part of the screen. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intent } from '../../events/words.ts';
import { type Feature, type LinearModel, type PackedWeights, unpackLinear } from '../../policy/embedded/linear.ts';
import { sentencesOf } from '../../policy/embedded/tokens.ts';
import { LEARNED_RULES, strongestLogits } from '../../policy/screen-learned/detector.ts';
import { threatReader } from '../../policy/screen-learned/features.ts';
import { cleanMessage, screenable } from '../../policy/text/clean.ts';
import { screenByRules } from '../../policy/text/screen-by-rules.ts';
import type { CorpusRow } from '../corpus/source.ts';
import { examplesOf } from '../embedded/examples.ts';
import { optimise, type Sample, SETTINGS } from '../embedded/optimise.ts';
import { packWeights } from '../embedded/pack.ts';
import { seeded, shuffle } from '../embedded/random.ts';
import { authorFolds } from './folds.ts';
import { type RuleSentence, ruleSentences } from './samples.ts';
import { isHit, type Judged, thresholdsFor } from './thresholds.ts';

const ROOT = join(import.meta.dirname, '../..');
const SEED = 5;
/** 8 bytes each: about 320 kB. */
const MOST_FEATURES = 40_000;
const TRAINING = { ...SETTINGS, epochs: 8, balance: 0 };
const LONG_MAILS = 60;
const ROWS_A_LONG_MAIL = 12;

/** Everything weights and thresholds follow from; the rules too, since they leave the room for false hits. */
const INPUTS = [
  'events/words.ts',
  'policy/embedded/{concepts,grams,linear,tokens}.ts',
  'policy/embedded/corpus/{train,benign}/*.txt',
  'policy/screen-learned/*.ts',
  'policy/text/{clean,english-everyday,english-words,hidden,history,html,normalise,phrase*,truncate}.ts',
  'policy/text/screen-*.ts',
  'policy/testdata-acceptance/*.jsonl',
  'policy/text/testdata/screen-{cases,samples}.jsonl',
  'tools/corpus/source.ts',
  'tools/embedded/{examples,optimise,pack,random}.ts',
  'tools/screen/*.ts',
];

export type BuiltScreen = {
  readonly weights: PackedWeights;
  readonly thresholds: readonly number[];
  /** Of rows judged by models that never read their authors. */
  readonly outOfFold: Readonly<Record<string, unknown>>;
};

/** SHA-256 over names and contents of all inputs, tests left out. */
export function screenInputsHash(): string {
  const hash = createHash('sha256');
  const files = globSync(INPUTS, { cwd: ROOT }).filter((file) => !/test(ing)?\.ts$/.test(file));
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

/** @param say  progress of the long work: six trainings */
export function buildScreen(say: (line: string) => void): BuiltScreen {
  const folds = authorFolds();
  const sentences = folds.map((_, fold) =>
    ruleSentences().flatMap((group, at) => (at % folds.length === fold ? group : [])),
  );
  const samples = folds.map((rows, fold) => [...samplesOf(rows), ...sentenceSamples(sentences[fold] ?? [])]);
  const judged = folds.flatMap((rows, fold) => {
    say(`model ${fold + 1} of ${folds.length + 1}, judged on authors it never read`);
    const model = unpackLinear(trained(samples.toSpliced(fold, 1).flat(), say), LEARNED_RULES.length);
    return judgedBy(model, rows, sentences[fold] ?? []);
  });
  const thresholds = thresholdsFor(judged);
  say('the model that is kept, of all authors');
  return { weights: trained(samples.flat(), say), thresholds, outOfFold: figuresOf(judged, thresholds) };
}

function trained(samples: readonly Sample[], say: (line: string) => void): PackedWeights {
  return packWeights(optimise(samples, LEARNED_RULES.length, say, TRAINING), MOST_FEATURES);
}

/** Pairs of messages are made within a fold, so that no author is in a model that does not know them. */
function samplesOf(rows: readonly CorpusRow[]): Sample[] {
  const featuresOf = threatReader();
  return examplesOf(rows, SEED).map(({ text, intents, weight }) => ({
    ...encoded(featuresOf(sentencesOf(text))),
    labels: labelsOf(intents),
    weight,
  }));
}

function sentenceSamples(sentences: readonly RuleSentence[]): Sample[] {
  const featuresOf = threatReader();
  return sentences.map(({ text, family }) => ({
    ...encoded(featuresOf(sentencesOf(text))),
    labels: LEARNED_RULES.flatMap((rule, k) => (rule.family === family ? [k] : [])),
    weight: 1,
  }));
}

function encoded(groups: readonly (readonly Feature[])[]): Pick<Sample, 'ids' | 'values'> {
  const features = groups.flat();
  return {
    ids: Uint32Array.from(features, ([id]) => id),
    values: Float64Array.from(features, ([, value]) => value),
  };
}

function labelsOf(intents: readonly Intent[]): number[] {
  return LEARNED_RULES.flatMap(({ intent }, k) => (intents.includes(intent) ? [k] : []));
}

function judgedBy(model: LinearModel, rows: readonly CorpusRow[], sentences: readonly RuleSentence[]): Judged[] {
  const judge = (text: string, kind: Judged['kind'], author: string): Judged => {
    const seen = screenable(cleanMessage(text));
    return { logits: strongestLogits(model, seen.own), kind, author, byRules: screenByRules(seen).strength };
  };
  return [
    ...rows.map((row) => judge(row.text, kindOf(row), row.author)),
    ...longMails(rows).map((text) => judge(text, 'longFriendly', 'several')),
    ...sentences
      .filter(({ family }) => family === null)
      .map(({ text }) => judge(text, 'besideARule', 'rules'))
      .filter(({ byRules }) => byRules === 'none'),
  ];
}

function kindOf({ author, intent }: CorpusRow): Judged['kind'] {
  if (author.startsWith('benign')) return 'benign';
  if (labelsOf([intent]).length > 0) return 'threat';
  return intent === 'unknown_other' ? 'outOfScope' : 'ordinary';
}

/** Many ordinary messages in one: what is a hundredth of a threat each must not add up. */
function longMails(rows: readonly CorpusRow[]): string[] {
  const ordinary = shuffle(
    rows.filter((row) => kindOf(row) !== 'threat'),
    seeded(SEED),
  );
  return Array.from({ length: LONG_MAILS }, (_, at) =>
    ordinary
      .slice(at * ROWS_A_LONG_MAIL, (at + 1) * ROWS_A_LONG_MAIL)
      .map(({ text }) => text)
      .join('\n'),
  );
}

function figuresOf(judged: readonly Judged[], thresholds: readonly number[]): BuiltScreen['outOfFold'] {
  const threats = judged.filter(({ kind }) => kind === 'threat');
  const found = (rows: readonly Judged[], learned: boolean): number =>
    rows.filter((row) => row.byRules === 'strong' || (learned && isHit(row, thresholds))).length;
  const hits = (kind: Judged['kind']) => {
    const rows = judged.filter((row) => row.kind === kind);
    const byRules = rows.filter((row) => row.byRules !== 'none').length;
    return {
      rows: rows.length,
      byRules,
      both: rows.filter((r) => r.byRules !== 'none' || isHit(r, thresholds)).length,
    };
  };
  const authors = [...new Set(threats.map(({ author }) => author))];
  return {
    threats: { rows: threats.length, byRules: found(threats, false), both: found(threats, true) },
    byAuthor: Object.fromEntries(
      authors.map((author) => {
        const rows = threats.filter((row) => row.author === author);
        return [author, { rows: rows.length, byRules: found(rows, false), both: found(rows, true) }];
      }),
    ),
    falseHits: {
      benign: hits('benign'),
      outOfScope: hits('outOfScope'),
      ordinary: hits('ordinary'),
      longFriendly: hits('longFriendly'),
      besideARule: hits('besideARule'),
    },
  };
}

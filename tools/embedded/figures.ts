/** What figures on the project's own data are worth: whole authors left out, and the strongest words masked (issue 5). */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { INTENTS, type Intent } from '../../events/words.ts';
import { featureHash, wordNamesOf } from '../../policy/embedded/grams.ts';
import { type EmbeddedModel, scoreText } from '../../policy/embedded/model.ts';
import { sentencesOf } from '../../policy/embedded/tokens.ts';
import type { CorpusRow } from '../corpus/source.ts';
import { trainedModel, trainingRows } from './build.ts';
import { channelOf } from './examples.ts';
import { seeded } from './random.ts';

const SEED = 9;
export const MASKED_AN_INTENT = 20;

type Judged = { readonly intents: readonly Intent[]; readonly predicted: Intent };
export type Message = Pick<CorpusRow, 'text' | 'intent'> & {
  readonly intents?: readonly Intent[];
  readonly channel?: string;
};

/**
 * Macro F1 of each author's rows by a model that never saw that author, two trainings at a time. Files that hold a few
 * intents only have no such figure.
 *
 * @param known  figures of a run that was broken off
 * @param keep   told of all figures whenever there is a new one
 */
export async function withoutEachAuthor(
  known: Readonly<Record<string, number>>,
  keep: (figures: Readonly<Record<string, number>>) => void,
  say: (line: string) => void,
): Promise<Record<string, number>> {
  const byAuthor = Map.groupBy(trainingRows(), ({ author }) => author);
  const waiting = [...byAuthor]
    .filter(([, rows]) => new Set(rows.map(({ intent }) => intent)).size === INTENTS.length)
    .map(([author]) => author)
    .filter((author) => known[author] === undefined);
  const figures: Record<string, number> = { ...known };
  const work = async (): Promise<void> => {
    for (let author = waiting.shift(); author !== undefined; author = waiting.shift()) {
      figures[author] = await leaveOut(author);
      keep(figures);
      say(`${author} left out: macro F1 ${figures[author]}`);
    }
  };
  await Promise.all([work(), work()]);
  return Object.fromEntries(Object.entries(figures).sort());
}

function leaveOut(author: string): Promise<number> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: author });
    worker.on('message', done);
    worker.on('error', failed);
  });
}

function macroF1Without(author: string): number {
  const rows = trainingRows();
  const model = trainedModel(
    rows.filter((row) => row.author !== author),
    () => {},
  );
  const random = seeded(SEED);
  const own = rows.filter((row) => row.author === author);
  return macroF1(
    own.map((row) => ({ intents: [row.intent], predicted: favourite(model, row.text, channelOf(row, random)) })),
  );
}

/**
 * Macro F1 on messages in which the words and pairs of words that speak most for each message's own intent are blotted out.
 */
export function withoutStrongestWords(model: EmbeddedModel, messages: readonly Message[]): number {
  const strongest = strongestNames(model);
  return macroF1(
    messages.map(({ text, intent, intents, channel }) => {
      const masked = blotted(text, strongest.get(intent) ?? new Set());
      return { intents: intents ?? [intent], predicted: favourite(model, masked, (channel ?? 'email') as never) };
    }),
  );
}

function strongestNames({ rows, weights, steps }: EmbeddedModel): Map<Intent, Set<string>> {
  const names = new Set(trainingRows().flatMap(({ text }) => sentencesOf(text).flatMap(wordNamesOf)));
  const weighed = [...names].flatMap((name) => {
    const row = rows.get(featureHash('words', name));
    return row === undefined ? [] : [{ name, row }];
  });
  return new Map(
    INTENTS.map((intent, k) => {
      const power = (row: number): number => (weights[row * INTENTS.length + k] ?? 0) * (steps[k] ?? 0);
      const best = weighed.toSorted((a, b) => power(b.row) - power(a.row)).slice(0, MASKED_AN_INTENT);
      return [intent, new Set(best.map(({ name }) => name))];
    }),
  );
}

function blotted(text: string, names: ReadonlySet<string>): string {
  return sentencesOf(text)
    .map((words) => {
      const gone = new Set<number>();
      for (const [at, word] of words.entries()) {
        if (names.has(word)) gone.add(at);
        if (names.has(`${words[at - 1]} ${word}`)) gone.add(at).add(at - 1);
      }
      return words.filter((_, at) => !gone.has(at)).join(' ');
    })
    .join('. ');
}

function favourite(model: EmbeddedModel, text: string, channel: Parameters<typeof scoreText>[2]): Intent {
  const scores = scoreText(model, text, channel);
  return INTENTS.reduce((best, intent) => (scores[intent] > scores[best] ? intent : best));
}

function macroF1(judged: readonly Judged[]): number {
  const shares = INTENTS.flatMap((intent) => {
    const right = judged.filter(({ intents, predicted }) => predicted === intent && intents.includes(intent)).length;
    const said = judged.filter(({ predicted }) => predicted === intent).length;
    const meant = judged.filter(
      ({ intents, predicted }) => (intents.includes(predicted) ? predicted : intents[0]) === intent,
    ).length;
    return meant === 0 ? [] : [(2 * right) / (said + meant)];
  });
  return Math.round((1_000 * shares.reduce((sum, share) => sum + share, 0)) / shares.length) / 1_000;
}

if (!isMainThread && typeof workerData === 'string') parentPort?.postMessage(macroF1Without(workerData));

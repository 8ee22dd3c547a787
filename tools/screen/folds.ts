/** Corpus rows in folds of whole authors, so that a row is judged by a model that never read its author. */
import { type CorpusRow, filesOf, readAuthorFile } from '../corpus/source.ts';

const FOLDS = 5;

/** Author files in turn, train and benign each for themselves, so that every kind is in more folds than one. */
export function authorFolds(): CorpusRow[][] {
  const files = (['train', 'benign'] as const).flatMap((part) =>
    filesOf(part).map((file, at) => ({ file, fold: at % FOLDS })),
  );
  return Array.from({ length: FOLDS }, (_, fold) =>
    files.filter((one) => one.fold === fold).flatMap(({ file }) => readAuthorFile(file)),
  );
}

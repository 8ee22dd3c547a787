/** `node bin/launch.js tools/embedded.ts train|check`: makes the embedded classifier from its corpus, or says whether it is what the corpus makes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { unpackWeights } from '../policy/embedded/model.ts';
import { WEIGHTS } from '../policy/embedded/weights.ts';
import { readGolden } from './corpus/golden.ts';
import { buildEmbedded, inputsHash, trainingRows } from './embedded/build.ts';
import { MASKED_AN_INTENT, withoutEachAuthor, withoutStrongestWords } from './embedded/figures.ts';
import { calibrationFile, weightsFile } from './embedded/files.ts';
import { versionOf } from './embedded/pack.ts';

const HELP = `Usage: node bin/launch.js tools/embedded.ts <command>

  train    makes weights and calibration of the embedded classifier from policy/embedded/corpus (two minutes)
  verify   makes them again and compares them byte for byte with those in the repository
  check    says in a moment whether corpus, features, trainer or the weights' own bytes changed since the last training
  figures  measures what figures on the project's own data are worth (thirteen trainings, 20 minutes; goes on where it was)
`;
const FOLDER = join(import.meta.dirname, '../policy/embedded/generated');
const FILES = {
  weights: join(FOLDER, 'weights.json'),
  calibration: join(FOLDER, 'calibration.ts'),
  figures: join(FOLDER, '../own-figures.json'),
};

const { positionals, values } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
const say = (line: string): void => void process.stderr.write(`${line}\n`);

switch (values.help === true ? 'help' : positionals[0]) {
  case 'train': {
    const made = make();
    writeFileSync(FILES.weights, made.weights);
    writeFileSync(FILES.calibration, made.calibration);
    break;
  }
  case 'verify': {
    const made = make();
    const same =
      made.weights === readFileSync(FILES.weights, 'utf8') &&
      made.calibration === readFileSync(FILES.calibration, 'utf8');
    process.stdout.write(
      same ? 'byte for byte what the corpus makes\n' : 'not what the corpus makes: run tools/embedded.ts train\n',
    );
    process.exitCode = same ? 0 : 1;
    break;
  }
  case 'figures': {
    const masked = withoutStrongestWords(
      unpackWeights(WEIGHTS),
      readGolden().filter(({ split }) => split === 'test'),
    );
    const keep = (byAuthor: Readonly<Record<string, number>>): void => {
      const shares = Object.values(byAuthor);
      const macroF1 = Math.round((1_000 * shares.reduce((sum, share) => sum + share, 0)) / shares.length) / 1_000;
      const figures = {
        weights: WEIGHTS.version,
        leaveOneAuthorOut: { macroF1, byAuthor },
        maskedNgrams: { perIntent: MASKED_AN_INTENT, macroF1: masked },
      };
      writeFileSync(FILES.figures, `${JSON.stringify(figures, null, 2)}\n`);
    };
    keep(await withoutEachAuthor(figuresKept(), keep, say));
    break;
  }
  case 'check': {
    const isFresh = readFileSync(FILES.weights, 'utf8').includes(`"inputs":"${inputsHash()}"`);
    const isWhole = versionOf(WEIGHTS) === WEIGHTS.version;
    if (!isWhole) process.stdout.write(`the bytes of the weights are not those of version ${WEIGHTS.version}\n`);
    if (!isFresh) process.stdout.write('corpus, features or trainer changed\n');
    const isRight = isFresh && isWhole;
    process.stdout.write(
      isRight ? 'weights are those of the corpus\n' : 'run node bin/launch.js tools/embedded.ts train\n',
    );
    process.exitCode = isRight ? 0 : 1;
    break;
  }
  default:
    process.stdout.write(HELP);
    process.exitCode = values.help === true ? 0 : 2;
}

/** Of these very weights: what is there of a run that was broken off goes on. */
function figuresKept(): Readonly<Record<string, number>> {
  if (!existsSync(FILES.figures)) return {};
  const { weights, leaveOneAuthorOut } = JSON.parse(readFileSync(FILES.figures, 'utf8'));
  return weights === WEIGHTS.version ? leaveOneAuthorOut.byAuthor : {};
}

function make(): { weights: string; calibration: string } {
  const built = buildEmbedded(trainingRows(), say);
  return { weights: weightsFile(built, inputsHash()), calibration: calibrationFile(built) };
}

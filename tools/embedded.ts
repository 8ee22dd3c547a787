/** `node bin/launch.js tools/embedded.ts train|check`: makes the embedded classifier from its corpus, or says whether it is what the corpus makes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildEmbedded, inputsHash, trainingRows } from './embedded/build.ts';
import { calibrationFile, weightsFile } from './embedded/files.ts';

const HELP = `Usage: node bin/launch.js tools/embedded.ts <command>

  train    makes weights and calibration of the embedded classifier from policy/embedded/corpus (two minutes)
  verify   makes them again and compares them byte for byte with those in the repository
  check    says in a moment whether corpus, features or trainer changed since the last training
`;
const FOLDER = join(import.meta.dirname, '../policy/embedded/generated');
const FILES = { weights: join(FOLDER, 'weights.ts'), calibration: join(FOLDER, 'calibration.ts') };

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
  case 'check': {
    const isFresh = readFileSync(FILES.weights, 'utf8').includes(`inputs ${inputsHash()}`);
    process.stdout.write(
      isFresh
        ? 'weights are those of the corpus\n'
        : 'corpus, features or trainer changed: run node bin/launch.js tools/embedded.ts train\n',
    );
    process.exitCode = isFresh ? 0 : 1;
    break;
  }
  default:
    process.stdout.write(HELP);
    process.exitCode = values.help === true ? 0 : 2;
}

function make(): { weights: string; calibration: string } {
  const built = buildEmbedded(trainingRows(), say);
  return { weights: weightsFile(built, inputsHash()), calibration: calibrationFile(built) };
}

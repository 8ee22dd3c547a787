/** `node bin/launch.js tools/corpus.ts check [FILE…]`: is the corpus varied, and apart from the golden file? Exit 1 names each row that is not. */
import { parseArgs } from 'node:util';
import { readGolden } from './corpus/golden.ts';
import { type CorpusRow, filesOf, readAuthorFile } from './corpus/source.ts';
import { alikeRows, goldenRows, keywordUse, LEAST_WITHOUT_KEYWORDS } from './corpus/variety.ts';

const HELP = `Usage: node bin/launch.js tools/corpus.ts check [FILE…]

Checks author files of the corpus (default: those the embedded classifier is trained and calibrated on):
no two rows of an intent with a token-trigram Jaccard of 0.5 or more after names, numbers and products are masked,
none with a row of the golden file, where benign rows are looked at as well,
and at least 60 % of an intent's rows without its five most frequent content words.
`;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
const [command, ...files] = positionals;
if (values.help === true || command !== 'check') {
  process.stdout.write(HELP);
  process.exitCode = values.help === true ? 0 : 2;
} else {
  const chosen = files.length > 0 ? files : [...filesOf('train'), ...filesOf('calibration')];
  const benign = files.length > 0 ? [] : filesOf('benign');
  process.exitCode = report(chosen.flatMap(readAuthorFile), benign.flatMap(readAuthorFile)) ? 0 : 1;
}

function report(rows: readonly CorpusRow[], benign: readonly CorpusRow[]): boolean {
  const known = goldenRows([...rows, ...benign], readGolden());
  for (const { row, golden, jaccard } of known)
    process.stdout.write(`golden ${jaccard.toFixed(2)}  ${row.intent}  ${row.id}  ${golden}\n`);
  const alike = alikeRows(rows);
  for (const { one, other, jaccard } of alike)
    process.stdout.write(`alike ${jaccard.toFixed(2)}  ${one.intent}  ${one.id}  ${other.id}\n`);
  const uses = keywordUse(rows);
  for (const { intent, rows: count, keywords, without } of uses) {
    const verdict = without < LEAST_WITHOUT_KEYWORDS ? 'FAILED' : 'ok    ';
    process.stdout.write(
      `${verdict} ${intent.padEnd(30)} ${String(count).padStart(5)} rows, ${(without * 100).toFixed(0)} % without ${keywords.join(', ')}\n`,
    );
  }
  const failed = uses.filter(({ without }) => without < LEAST_WITHOUT_KEYWORDS).length;
  process.stdout.write(
    `${rows.length} rows, ${alike.length} pairs alike, ${known.length} as in the golden file, ${failed} intents hang on five words\n`,
  );
  return rows.length > 0 && alike.length === 0 && known.length === 0 && failed === 0;
}

/** The artefacts of platform §7.3: figures and ids, never a message's text. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INTENTS } from '../../../events/words.ts';
import { tier0Figures, tier2Figures } from '../figures.ts';
import type { Safety } from '../metrics/safety.ts';
import { type Report, reportJson } from './report.ts';
import { NO_PAINT, terminalReport } from './terminal.ts';

/** @param safety  over every row that was watched: figures and ids of the two tier reports are of these */
export function writeArtefacts(folder: string, report: Report, safety: Safety): void {
  mkdirSync(folder, { recursive: true });
  const files: Readonly<Record<string, string>> = {
    'metrics.json': json(reportJson(report)),
    'confusion_matrix.csv': confusionCsv(report),
    'tier0_report.json': json({
      rows: safety.rows,
      ...tier0Figures(safety),
      falseNegativeIds: safety.tier0.falseNegatives.ids,
      falsePositiveIds: safety.tier0.falsePositives.ids,
    }),
    'tier2_report.json': json({
      rows: safety.rows,
      ...tier2Figures(safety),
      approvedWrongIds: safety.tier2.approvedWrong.ids,
      aboveCeilingIds: safety.tier2.aboveCeiling.ids,
      unmatchedIds: safety.tier2.unmatched.ids,
    }),
    'invalid_outputs.jsonl': safety.invalidOutputs.ids.map((id) => `${JSON.stringify({ id })}\n`).join(''),
    'summary.txt': terminalReport(report, NO_PAINT),
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  }
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function confusionCsv({ figures: { confusion } }: Report): string {
  const lines = INTENTS.map((actual) => [actual, ...INTENTS.map((predicted) => confusion[actual]?.[predicted] ?? 0)]);
  return `${[['labelled', ...INTENTS], ...lines].map((line) => line.join(',')).join('\n')}\n`;
}

import { type ProofPart, printed } from '../part.ts';

/** Evaluation (issue 5, item 8). */
export const EVALUATION_PARTS: readonly ProofPart[] = [
  {
    name: 'eval-gate',
    line: '`npm run eval -- --gate` passes on the project’s own test split with `embedded`.',
    command: ['npm', 'run', 'eval', '--', '--gate'],
    figure: printed(
      /(accuracy +[\d.]+)[\s\S]*(macro F1 +[\d.]+)[\s\S]*(weighted F1 +[\d.]+)[\s\S]*(ECE · Brier +[\d.]+)/,
    ),
    limitMinutes: 10,
  },
  {
    name: 'eval-many-rows',
    line: 'A million rows are evaluated in 512 MB.',
    command: ['node', 'bin/launch.js', 'test/full/evaluation/many-rows.ts', '1000000'],
    figure: printed(/^many rows: (\d+ rows, at most \d+ MB, \d+ s)$/m),
    gap: 'measured before redaction was part of the pipeline (398 MB); half an hour of a quiet machine',
    limitMinutes: 40,
  },
];

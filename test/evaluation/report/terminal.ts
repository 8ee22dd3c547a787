/** The report for a terminal of 100 columns. */

import { styleText } from 'node:util';
import { table } from '../../../operate/table.ts';
import type { Check, Gate } from '../gates/gate.ts';
import { holds } from '../gates/gate.ts';
import { riskInterval } from '../metrics/risk-coverage.ts';
import { isBorneOut } from '../operating-points.ts';
import { openaiLine, type Report } from './report.ts';

const WIDTH = 100;
const WEAKEST = 8;
const MISTAKES = 6;
const BAR = 24;
const PASSED_CHECKS = 3;

export type Paint = (style: 'bold' | 'green' | 'red' | 'yellow' | 'dim', text: string) => string;

/** Colours where the stream takes them; `NO_COLOR` is heeded by Node itself. */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (style, text) =>
    styleText(style, text, { stream });

export const NO_PAINT: Paint = (_, text) => text;

export function terminalReport(report: Report, paint: Paint): string {
  const { figures, file, split, versions } = report;
  const title = `Evaluation of ${file}, ${split} rows: ${figures.n}, classifier ${versions.classifier}`;
  const blocks = [
    paint('bold', clip(title)),
    headline(report),
    section(
      paint,
      'Gates',
      joined(report.gates)
        .flatMap((gate) => gateLines(gate, paint))
        .join('\n'),
    ),
    section(paint, 'Weakest intents', weakest(report)),
    section(paint, 'Most frequent errors', mistakes(report)),
    section(paint, 'Reliability (ten bins of equal mass)', reliability(report)),
    section(paint, 'Risk and coverage', riskLines(report)),
    ...(report.points === null
      ? []
      : [section(paint, 'Thresholds on the calibration corpus', pointLines(report.points))]),
    section(paint, 'What own data is worth', ownLines(report).join('\n')),
    openaiLine(report),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const section = (paint: Paint, title: string, body: string): string => `${paint('bold', title)}\n${body}`;

function headline({ figures, suites }: Report): string {
  const { tier0, tier2, team, replies } = figures;
  const [low, high] = figures.accuracy95;
  const left: [string, string][] = [
    ['accuracy', `${three(figures.accuracy)} (${three(low)}–${three(high)})`],
    ['macro F1', three(figures.macroF1)],
    ['weighted F1', three(figures.weightedF1)],
    ['team accuracy', three(team.accuracy)],
    ['ECE · Brier', `${three(figures.ece)} · ${three(figures.brier)}`],
    ['abstained', `${figures.abstained} of ${figures.n}`],
    ['invalid lines', String(figures.invalidLines)],
  ];
  const right: [string, string][] = [
    ['Tier 0', `${tier0.positives} rows, ${tier0.falseNegatives} missed, ${tier0.falsePositives} too many`],
    ['  screen · model alone', `${shareText(tier0.screenAlone)} · ${shareText(tier0.modelAlone)}`],
    ['Tier 2', `${tier2.replies} replies, ${tier2.approvedWrong} wrong`],
    ['replies', `${replies.n}, ${replies.unsafe} unsafe, ${replies.onUnknown} on unknown_other`],
    ['latency p50 · p95', `${figures.latencyMs.p50} · ${figures.latencyMs.p95} ms`],
    ['tokens · $ per 1,000', `${figures.tokens.in + figures.tokens.out} · ${figures.usdPer1000.toFixed(2)}`],
    [
      'suites',
      suites === null
        ? 'not run'
        : `adversarial ${suites.adversarial.passed}/${suites.adversarial.cases}, multi-intent ${three(suites.multiIntent.primary)}`,
    ],
  ];
  return left
    .map(([name, value], index) => {
      const [other, what] = right[index] ?? ['', ''];
      return `  ${name.padEnd(14)} ${value.padEnd(23)} ${other.padEnd(22)} ${what}`.trimEnd();
    })
    .join('\n');
}

const MARK = { pass: '✓', fail: '✗', 'sign-off': '!', 'n/a': '–' } as const;
const STYLE = { pass: 'green', fail: 'red', 'sign-off': 'yellow', 'n/a': 'dim' } as const;

/** Neighbours that do not apply for the same reason share a line. */
function joined(gates: readonly Gate[]): Gate[] {
  const lines: Gate[] = [];
  for (const gate of gates) {
    const last = lines.at(-1);
    if (last?.result === 'n/a' && gate.result === 'n/a' && last.note === gate.note)
      lines[lines.length - 1] = { ...last, id: `${last.id.split('–')[0]}–${gate.id}`, name: '' };
    else lines.push(gate);
  }
  return lines;
}

/** A gate that holds takes one line; one that does not says which of its checks broke, and on what. */
function gateLines({ id, name, result, checks, note = '' }: Gate, paint: Paint): string[] {
  const isOpen = result === 'fail' || result === 'sign-off';
  const shown = isOpen ? checks.filter((check) => !holds(check)) : checks.slice(0, PASSED_CHECKS);
  const more = isOpen ? 0 : checks.length - shown.length;
  const said = [...shown.map(checkText), ...(more > 0 ? [`and ${more} more`] : [])];
  const head = `  ${MARK[result]} ${`${id} ${name}`.padEnd(27)}`;
  const lines = wrapped(result === 'n/a' ? note.split(' ') : said.join(', ').split(' '), head, ' '.repeat(head.length));
  const notes = isOpen && note !== '' ? wrapped(note.split(' '), ' '.repeat(8), ' '.repeat(8)) : [];
  return [...lines, ...notes].map((line) => paint(STYLE[result], line));
}

/** Words in lines of the page's width. */
function wrapped(words: readonly string[], head: string, indentation: string): string[] {
  const lines = [head];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    const isFirst = last === head || last === indentation;
    if (isFirst || last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last}${isFirst ? '' : ' '}${word}`;
    else lines.push(`${indentation}${word}`);
  }
  return lines.map((line) => line.trimEnd());
}

const checkText = ({ what, value, limit, must }: Check): string => `${what} ${value} (${SIGN[must]} ${limit})`;
const SIGN = { '=': '=', '>=': '≥', '<=': '≤' } as const;

function weakest({ figures }: Report): string {
  const rows = Object.entries(figures.perIntent)
    .filter(([, { n }]) => n > 0)
    .sort(([, a], [, b]) => a.f1 - b.f1)
    .slice(0, WEAKEST)
    .map(([intent, { n, precision, recall, f1, recall95 }]) => [
      intent,
      n,
      three(f1),
      three(precision),
      `${three(recall)} (${three(recall95[0])}–${three(recall95[1])})`,
    ]);
  return indent(table(['intent', 'rows', 'F1', 'precision', 'recall'], rows));
}

function mistakes({ figures }: Report): string {
  const rows = figures.mistakes.slice(0, MISTAKES).map(({ actual, predicted, n }) => [n, actual, predicted]);
  return rows.length === 0 ? '  none' : indent(table(['times', 'labelled', 'decided'], rows));
}

function reliability({ figures }: Report): string {
  const rows = figures.reliability.map(({ from, to, n, confidence, accuracy }) => [
    `${from.toFixed(2)}–${to.toFixed(2)}`,
    Math.round(n),
    three(confidence),
    three(accuracy),
    bar(accuracy),
  ]);
  return indent(table(['confidence', 'rows', 'said', 'was right', 'share right'], rows, 'no row has a confidence'));
}

function bar(part: number): string {
  return '█'.repeat(Math.round(part * BAR)).padEnd(BAR, '░');
}

function riskLines({ figures }: Report): string {
  const points = figures.riskCoverage.filter(({ threshold }) => [0.5, 0.6, 0.7, 0.8, 0.9].includes(threshold));
  const line = (name: string, of: (point: (typeof points)[number]) => string): string =>
    `  ${name.padEnd(12)}${points.map((point) => of(point).padStart(10)).join('')}`;
  return [
    line('threshold', ({ threshold }) => threshold.toFixed(2)),
    line('routed', ({ coverage }) => percent(coverage)),
    line('of it wrong', ({ risk }) => percent(risk)),
    line('95 % up to', (point) => percent(riskInterval(point, figures.n)[1])),
    `  routed at ≤ 5 % error: ${percent(figures.coverageAtRisk5)}, at ≤ 10 %: ${percent(figures.coverageAtRisk10)} (goal ≥ 70 %)`,
  ].join('\n');
}

function pointLines(points: NonNullable<Report['points']>): string {
  return indent(table(POINT_HEAD, pointRows(points)));
}

export const POINT_HEAD = [
  'decision',
  'threshold',
  'read',
  'wrong',
  '95 % up to',
  'allowed',
  'least that would do',
  '',
];

export function pointRows(points: NonNullable<Report['points']>): string[][] {
  return points.map((point) => [
    point.name,
    point.threshold.toFixed(2),
    String(point.n),
    String(point.wrong),
    percent(point.upTo),
    percent(point.mostRisk),
    point.least?.toFixed(2) ?? 'none',
    isBorneOut(point) ? '' : 'not borne out',
  ]);
}

export function ownLines({ own }: Pick<Report, 'own'>): string[] {
  if (own === null) return ['  whole author files left out: not measured', '  strongest n-grams masked: not measured'];
  const { leaveOneAuthorOut, maskedNgrams } = own;
  return [
    `  whole author files left out: macro F1 ${three(leaveOneAuthorOut.macroF1)} (goal ≥ 0.80)`,
    `  each intent's ${maskedNgrams.perIntent} strongest n-grams masked: macro F1 ${three(maskedNgrams.macroF1)}`,
  ];
}

const three = (value: number): string => value.toFixed(3);
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const shareText = (value: number | null): string => (value === null ? 'none' : three(value));
const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');

function clip(line: string): string {
  const chars = [...line];
  return chars.length <= WIDTH ? line : `${chars.slice(0, WIDTH - 1).join('')}…`;
}

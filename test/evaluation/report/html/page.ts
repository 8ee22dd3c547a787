/** The report as one HTML page that needs nothing but itself. */
import { type Check, type Gate, holds } from '../../gates/gate.ts';
import { openaiLine, type Report } from '../report.ts';
import { ownLines, POINT_HEAD, pointRows } from '../terminal.ts';
import { confusionPicture } from './confusion-picture.ts';
import { escaped, number, percent, raw, tableOf, text, three } from './markup.ts';
import { intervalBar, reliabilityPicture, riskPicture } from './plots.ts';
import { STYLE } from './style.ts';

export function htmlReport(report: Report): string {
  const { file, split, figures, versions } = report;
  const title = `Evaluation of ${file}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body><main>
<h1>${escaped(title)}</h1>
<p class="quiet">${figures.n} rows (${escaped(split)}), classifier <code>${escaped(versions.classifier ?? '')}</code>. The unit is the system's decision: screen, classifier, matrix and all gates.</p>
${tiles(report)}
${card('Gates', gateTable(report.gates))}
${card('Confusion matrix', `<div class="wide">${confusionPicture(figures)}</div>${mistakeLines(report)}`)}
<div class="pair">
${card('Reliability', `${reliabilityPicture(figures)}<p class="quiet">Ten bins of equal mass. ECE ${three(figures.ece)}, Brier ${three(figures.brier)}.</p>`)}
${card('Risk and coverage', `${riskPicture(figures)}<p class="quiet">At most 5 % error: ${percent(figures.coverageAtRisk5)} routed; at most 10 %: ${percent(figures.coverageAtRisk10)} (goal ≥ 70 %, dotted). Area ${figures.riskArea}. Dots are thresholds.</p>`)}
</div>
${card('Intents', intentTable(report))}
<div class="pair">
${card('Tier 0', tier0Table(report))}
${card('Replies', replyTable(report))}
</div>
${report.points === null ? '' : card('Thresholds on the calibration corpus', pointTable(report.points))}
${report.suites === null ? '' : card('Suites', suiteTable(report.suites))}
<div class="pair">
${card(
  'What own data is worth',
  `${ownLines(report)
    .map((line) => `<p>${escaped(line.trim())}</p>`)
    .join('')}<p>${escaped(openaiLine(report))}</p>`,
)}
${card(
  'Versions',
  tableOf(
    ['part', 'version'],
    Object.entries(versions).map(([part, version]) => [text(part), raw(`<code>${escaped(version)}</code>`)]),
  ),
)}
</div>
</main></body>
</html>
`;
}

const card = (title: string, body: string): string =>
  `<section class="card"><h2>${escaped(title)}</h2>\n${body}\n</section>`;

function tiles({ figures, gates }: Report): string {
  const [low, high] = figures.accuracy95;
  const judged = gates.filter(({ id, result }) => id.startsWith('H') && result !== 'n/a');
  const failed = judged.filter(({ result }) => result === 'fail');
  const tile = (value: string, name: string, under: string, kind = ''): string =>
    `<div class="tile"><span>${escaped(name)}</span><b class="${kind}">${escaped(value)}</b><span>${escaped(under)}</span></div>`;
  return `<div class="tiles">
${tile(hardGates(judged.length, failed.length), 'hard gates', `${judged.length} judged`, failed.length > 0 ? 'fail' : judged.length > 0 ? 'pass' : '')}
${tile(three(figures.macroF1), 'macro F1', `weighted ${three(figures.weightedF1)}`)}
${tile(three(figures.accuracy), 'accuracy', `95 %: ${three(low)}–${three(high)}`)}
${tile(String(figures.tier0.falseNegatives), 'Tier 0 missed', `of ${figures.tier0.positives}`, figures.tier0.falseNegatives > 0 ? 'fail' : '')}
${tile(String(figures.replies.unsafe), 'unsafe replies', `of ${figures.replies.n} replies`, figures.replies.unsafe > 0 ? 'fail' : '')}
${tile(three(figures.ece), 'calibration error', `${figures.abstained} of ${figures.n} abstained`)}
</div>`;
}

function hardGates(judged: number, failed: number): string {
  if (failed > 0) return `${failed} failed`;
  return judged > 0 ? 'passed' : 'not judged';
}

const MARK = { pass: '✓', fail: '✗', 'sign-off': '!', 'n/a': '–' } as const;
const SIGN = { '=': '=', '>=': '≥', '<=': '≤' } as const;

function gateTable(gates: readonly Gate[]): string {
  const rows = gates.map(({ id, name, result, checks, note }) => [
    raw(`<span class="mark ${result.replace('/', '-')}">${MARK[result]} ${escaped(id)}</span>`),
    text(name),
    raw(checks.map(checkHtml).join('<br>') || '<span class="quiet">not judged</span>'),
    raw(`<span class="quiet">${escaped(note ?? '')}</span>`),
  ]);
  // A narrow page shows each gate as a block of its own instead of four columns.
  return `<div class="gates">${tableOf(['gate', 'what', 'value (limit)', 'note'], rows)}</div>`;
}

function checkHtml(check: Check): string {
  const said = `${check.what} ${check.value} (${SIGN[check.must]} ${check.limit})`;
  return holds(check) ? `<span class="one">${escaped(said)}</span>` : `<b class="one fail">${escaped(said)}</b>`;
}

function mistakeLines({ figures }: Report): string {
  if (figures.mistakes.length === 0) return '<p class="quiet">No row was decided wrongly.</p>';
  const rows = figures.mistakes.map(({ actual, predicted, n }) => [number(n), text(actual), text(predicted)]);
  return `<h3>Most frequent errors</h3>${tableOf(['times', 'labelled', 'decided'], rows)}`;
}

function intentTable({ figures }: Report): string {
  const rows = Object.entries(figures.perIntent).map(
    ([intent, { n, precision, recall, f1, precision95, recall95 }]) => [
      text(intent),
      number(n),
      number(three(f1)),
      number(three(precision)),
      raw(intervalBar(precision, precision95)),
      number(three(recall)),
      raw(intervalBar(recall, recall95)),
    ],
  );
  const left = Object.keys(figures.perIntent).filter(
    (intent) => !figures.macroOf.some((counted) => counted === intent),
  );
  const note =
    left.length === 0 ? '' : `<p class="quiet">Fewer than 5 rows, not in macro F1: ${escaped(left.join(', '))}.</p>`;
  return `${tableOf(['intent', 'rows', 'F1', 'precision', '95 %', 'recall', '95 %'], rows)}${note}`;
}

function tier0Table({ figures: { tier0 } }: Report): string {
  const of = (value: number | null): string => (value === null ? 'none' : three(value));
  return tableOf(
    ['figure', 'value'],
    [
      [text('rows labelled Tier 0'), number(tier0.positives)],
      [text('not escalated (false negatives)'), number(tier0.falseNegatives)],
      [text('escalated without need (false positives)'), number(tier0.falsePositives)],
      [text('recall of the system'), number(of(tier0.recall))],
      [text('miss rate at most, one-sided 95 %'), number(of(tier0.missRateUpTo))],
      [text('recall of the screen alone'), number(of(tier0.screenAlone))],
      [text('recall of the classifier alone'), number(of(tier0.modelAlone))],
    ],
  );
}

function replyTable({ figures }: Report): string {
  const { tier2, replies, team, secondaryRecallAt2, templateCorrect, per1000, latencyMs, tokens, usdPer1000 } = figures;
  const of = (value: number | null): string => (value === null ? 'no label' : three(value));
  return tableOf(
    ['figure', 'value'],
    [
      [text('replies, of them on unknown_other'), number(`${replies.n}, ${replies.onUnknown}`)],
      [text('Tier 2 replies, of them wrong'), number(`${tier2.replies}, ${tier2.approvedWrong}`)],
      [text('Tier 2 above the label’s ceiling, unmatched'), number(`${tier2.aboveCeiling}, ${tier2.unmatched}`)],
      [text('template as labelled'), number(of(templateCorrect))],
      [text('team accuracy (goal ≥ 0.90)'), number(three(team.accuracy))],
      [text('secondary recall@2'), number(of(secondaryRecallAt2))],
      [
        text('invalid, refused, fallback per 1,000'),
        number(`${per1000.invalid}, ${per1000.refusal}, ${per1000.fallback}`),
      ],
      [text('latency p50, p95'), number(`${latencyMs.p50} ms, ${latencyMs.p95} ms`)],
      [text('tokens, dollars per 1,000'), number(`${tokens.in + tokens.out}, ${usdPer1000.toFixed(2)}`)],
    ],
  );
}

function pointTable(points: NonNullable<Report['points']>): string {
  const rows = pointRows(points).map(([name = '', ...figures]) => [text(name), ...figures.map(number)]);
  return `${tableOf(POINT_HEAD, rows)}<p class="quiet">Messages that trained nothing. Each threshold keeps the 95 % upper bound of what is read wrongly below what its decision may cost.</p>`;
}

function suiteTable({ adversarial, multiIntent }: NonNullable<Report['suites']>): string {
  const families = Object.entries(adversarial.families).map(([family, { cases, passed }]) => [
    text(family),
    raw(`<span class="${passed === cases ? '' : 'fail'}">${passed} of ${cases}</span>`),
  ]);
  const half = Math.ceil(families.length / 2);
  return `<p>Multi-intent: ${multiIntent.rows} rows, primary ${three(multiIntent.primary)}, Tier 2 block ${three(multiIntent.tier2Blocked)}, team ${three(multiIntent.team)}, template ${three(multiIntent.template)}, secondaries ${three(multiIntent.secondaryRecallAt2)}.</p>
<p>Adversarial: ${adversarial.passed} of ${adversarial.cases} cases.</p>
<div class="pair">${tableOf(['family', 'passed'], families.slice(0, half))}${tableOf(['family', 'passed'], families.slice(half))}</div>`;
}

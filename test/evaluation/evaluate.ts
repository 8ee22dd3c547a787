/** One evaluation from options to exit code: run, judge the gates, report. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, renameSync, statSync, type WriteStream, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import { RELEASE } from '../../local/platform/release.ts';
import { figuresOf } from './figures.ts';
import { baselineOf, readBaseline, signOffOf, writeBaseline } from './gates/baseline.ts';
import { isBroken } from './gates/gate.ts';
import { judgeGates } from './gates/judge.ts';
import { suiteFigures } from './gates/suites.ts';
import { type Gaps, noGaps } from './openai/gaps.ts';
import { calibrationReadings, operatingPoints } from './operating-points.ts';
import type { EvalOptions } from './options.ts';
import { progressOn } from './progress.ts';
import { writeArtefacts } from './report/artefacts.ts';
import { htmlReport } from './report/html/page.ts';
import { readOwnFigures } from './report/own-figures.ts';
import { type Report, reportJson } from './report/report.ts';
import { paintFor, terminalReport } from './report/terminal.ts';
import { type Run, run } from './run.ts';
import { runAdversarial } from './suites/adversarial.ts';
import { runMultiIntent } from './suites/multi-intent.ts';
import { ADVERSARIAL_FILE, MULTI_INTENT_FILE, readSuite } from './suites/read.ts';
import { AdversarialRow, MultiIntentRow } from './suites/schema.ts';
import { systemFor } from './system/classifiers.ts';
import type { System } from './system/system.ts';

const MOST_NAMED_LINES = 20;

/** Returns the exit code. */
export async function evaluate(options: EvalOptions, out: NodeJS.WriteStream, log: NodeJS.WriteStream): Promise<0 | 1> {
  const { system, versions: ofClassifier, realShare } = await systemFor(options.classifier, options.data);
  const gaps = noGaps();
  const ran = await runFile(system, options, gaps, log);
  const suites = options.isGolden ? await runSuites(system, gaps) : null;
  for (const line of gapLines(gaps)) log.write(`eval: ${line}\n`);
  const figures = figuresOf(ran);
  const sha256 = await sha256Of(options.data);
  const dataKey = `${sha256}:${options.split}`;
  const versions = {
    release: RELEASE,
    node: process.versions.node,
    ...system.setting.versions,
    classifier: system.classifier.version,
    calibration: system.classifier.calibration,
    data: sha256.slice(0, 16),
    ...ofClassifier,
  };
  const baseline = options.isGolden ? readBaseline(options.classifier, dataKey) : null;
  // Baselines are of the test split, the golden file's own.
  const isPhaseA = options.updateBaseline || options.split !== 'test';
  const gates = judgeGates({ figures, safety: ran.watched, suites, baseline, isPhaseA });
  const report: Report = {
    file: basename(options.data),
    split: options.split,
    figures,
    gates,
    suites: suites === null ? null : suiteFigures(suites.adversarial, suites.multiIntent),
    versions,
    own: readOwnFigures(),
    points:
      options.isGolden && options.classifier === 'embedded' ? operatingPoints(await calibrationReadings(system)) : null,
    openaiMeasured: realShare(),
  };
  out.write(terminalReport(report, paintFor(out)));
  if (options.json) writeAside(options.json, `${JSON.stringify(reportJson(report), null, 2)}\n`);
  if (options.html) writeAside(options.html, htmlReport(report));
  if (options.artefacts) writeArtefacts(options.artefacts, report, ran.watched);
  const signOff = options.updateBaseline ? signOffOf(gates, options.force) : null;
  if (signOff?.isGiven) writeBaseline(options.classifier, baselineOf(figures, dataKey, versions));
  if (signOff?.says) log.write(`eval: ${signOff.says}\n`);
  if (ran.n === 0) log.write(`eval: nothing was judged: ${basename(options.data)} gave no row to decide\n`);
  const hasNothing = ran.n === 0 && (gaps.unrecorded > 0 || options.gate);
  const isWrong = ran.invalidLines > 0 || gaps.stale.size > 0 || hasNothing || signOff?.isGiven === false;
  return isWrong || (options.gate && isBroken(gates)) ? 1 : 0;
}

function gapLines({ unrecorded, stale }: Gaps): string[] {
  const names = [...stale].sort();
  const lines = names.map(
    (id) => `stale recording ${id}: prompt, schema, model or parameters are no longer those asked`,
  );
  if (names.length > 0) lines.push('npm run eval:record makes recordings anew');
  if (unrecorded > 0) lines.push(`${unrecorded} messages have no recording and were left out`);
  return lines;
}

async function runFile(system: System, options: EvalOptions, gaps: Gaps, log: NodeJS.WriteStream): Promise<Run> {
  const progress = progressOn(log, statSync(options.data).size);
  const aside = options.rows === undefined ? undefined : `${options.rows}.${process.pid}.new`;
  const rowsTo: WriteStream | undefined = aside === undefined ? undefined : createWriteStream(aside);
  let named = 0;
  const ran = await run(system, {
    data: options.data,
    split: options.split,
    watchesAll: options.isGolden,
    gaps,
    rowsTo,
    onProgress: progress.at,
    onInvalid: ({ line, problem }) => {
      named += 1;
      if (named <= MOST_NAMED_LINES) progress.say(`line ${line}: ${problem}`);
    },
  });
  progress.end();
  if (named > MOST_NAMED_LINES) progress.say(`and ${named - MOST_NAMED_LINES} more unreadable lines`);
  if (rowsTo && aside && options.rows) {
    rowsTo.end();
    await finished(rowsTo);
    renameSync(aside, options.rows);
  }
  return ran;
}

async function runSuites(system: System, gaps: Gaps) {
  return {
    adversarial: await runAdversarial(system, readSuite(ADVERSARIAL_FILE, AdversarialRow), gaps),
    multiIntent: await runMultiIntent(system, readSuite(MULTI_INTENT_FILE, MultiIntentRow), gaps),
  };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

function writeAside(path: string, text: string): void {
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, text);
  renameSync(aside, path);
}

/**
 * Plants the trouble of a runbook in a running instance, shows that its Verify is false, runs the page's own commands in their
 * order, waits until Verify is true, and resumes by the page. Prints one line with the figures; exits 1 where anything is not so.
 *
 *   node bin/launch.js test/full/runbooks/cli.ts R004
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { frontdesk } from '../../../operate/instance/testing.ts';
import { type Page, SECTIONS, type SectionName } from './page.ts';
import { runbookOf } from './pages.ts';
import { openStage, type Stage } from './stage.ts';
import { nowText, type Trouble } from './trouble.ts';
import { backlogTrouble } from './troubles/backlog.ts';
import { intakeTrouble } from './troubles/intake.ts';
import { leakedToken } from './troubles/leaked-token.ts';
import { tableLoss } from './troubles/table-loss.ts';
import { vendorStorm } from './troubles/vendor-storm.ts';
import { wrongReplyTrouble } from './troubles/wrong-reply.ts';
import { untilTrue, untrueOf, type Walker, walk } from './walk.ts';

const TROUBLES: Readonly<Record<string, () => Promise<Trouble>>> = {
  R001: intakeTrouble,
  R003: wrongReplyTrouble,
  R004: vendorStorm,
  R005: backlogTrouble,
  R011: leakedToken,
  R012: tableLoss,
};
const TRUE_WITHIN_MS = 150_000;
/** After a resume: functions on this machine keep their flags for two seconds at most. */
const IN_FORCE_MS = 3_000;

const [id = ''] = process.argv.slice(2);
const open = TROUBLES[id];
if (open === undefined) {
  process.stderr.write(`name one of: ${Object.keys(TROUBLES).join(', ')}\n`);
  process.exit(2);
}

const tell = (line: string): void => void process.stderr.write(`  ${line}\n`);
const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(0)} s`;

/** What the person on call would look at next. */
async function tellState(stage: Stage): Promise<void> {
  for (const words of [['status'], ['dlq', 'list']])
    tell(await frontdesk(stage.data, ...words).then(({ out, err }) => out + err));
}

async function follow({ sections }: Page, trouble: Trouble): Promise<string> {
  const stage = await openStage(trouble.started);
  try {
    const known = new Map<string, string>();
    const began = performance.now();
    await trouble.plant(stage, known);
    tell(`planted after ${seconds(began)}`);
    const walker: Walker = { data: stage.data, known, deeds: trouble.deeds(stage, known), start: stage.start, tell };
    const at = { deed: 0 };
    const before = await untrueOf(sections.Verify, walker);
    for (const one of before) tell(`false: ${one}`);
    if (before.length === 0) throw new Error('Verify is true with the trouble planted: it proves nothing');
    const walking = performance.now();
    let commands = 0;
    const section = async (name: SectionName): Promise<void> => {
      tell(name);
      commands += (await walk(sections[name], walker, at)).length;
    };
    for (const name of ['Contain', 'Diagnose', 'Repair'] as const) await section(name);
    const walked = `${commands} commands of the page in ${seconds(walking)} to the end of Repair`;
    const { untrue, seconds: waited } = await untilTrue('Verify', sections.Verify, walker, TRUE_WITHIN_MS);
    if (untrue.length > 0) throw new Error(`Verify stays false: ${untrue.join('; ')}`);
    const resumedAt = nowText();
    await section('Resume');
    await sleep(IN_FORCE_MS);
    const figures = await trouble.prove({ stage, known, resumedAt });
    if (at.deed !== walker.deeds.length) throw new Error(`${walker.deeds.length - at.deed} deeds are on no page`);
    const said = SECTIONS.flatMap((name) => sections[name]).flatMap((step) =>
      step.kind === 'command' ? step.expects : [],
    );
    return [
      `${id}: Verify false before (${before.length} of ${said.length} lines)`,
      `${walked}, true ${waited.toFixed(0)} s later, ${commands} with Resume`,
      ...figures,
    ].join('; ');
  } catch (error) {
    await tellState(stage);
    throw error;
  } finally {
    await stage.close();
  }
}

const began = performance.now();
const trouble = await open();
try {
  process.stdout.write(`${await follow(runbookOf(id), trouble)}; ${seconds(began)} in all\n`);
} catch (error) {
  process.stderr.write(`${id}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await trouble.close?.();
}

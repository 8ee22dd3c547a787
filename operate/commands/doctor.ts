/** `doctor`: what stands in the way of running here, each finding with its cure. */
import type { Answer, Context } from '../context.ts';
import { checkClock, checkConfiguration, checkGenerated, checkNode, checkPinnedNode } from '../doctor/checks.ts';
import { checkFolder, checkFolderVersion, checkSpace } from '../doctor/folder.ts';
import { checkInstance, checkPorts } from '../doctor/instance.ts';
import { checkTables } from '../doctor/tables.ts';
import { toned } from '../screen.ts';
import { table } from '../table.ts';
import { count } from '../text.ts';

/** Exit code 1 when a check fails; a warning alone is no reason. */
const TONE_OF = { ok: 'good', warn: 'doubtful', fail: 'bad' } as const;

export async function doctor(context: Context): Promise<Answer> {
  const { found, check } = await checkInstance(context);
  const checks = [
    checkNode(process.version),
    checkPinnedNode(),
    checkFolder(context),
    checkFolderVersion(context),
    checkSpace(context),
    checkClock(context, Date.now()),
    checkConfiguration(context),
    checkGenerated(),
    ...(await checkPorts(found)),
    check,
    // Whoever does not answer cannot say; and what a folder lacks its next start makes anew.
    ...(found === null || check.result !== 'ok' ? [] : [await checkTables(found)]),
  ];
  const fails = checks.filter(({ result }) => result === 'fail').length;
  const warns = checks.filter(({ result }) => result === 'warn').length;
  const rows = checks.map(({ result, name, finding, cure }) => [
    toned(result, TONE_OF[result]),
    name,
    cure === null ? finding : `${finding}; ${cure}`,
  ]);
  const verdict =
    fails === 0 && warns === 0 ? 'All is well.' : `${count(fails, 'check')} failed, ${count(warns, 'warning')}.`;
  return {
    value: { ok: fails === 0, checks },
    text: `${table(['result', 'check', 'finding'], rows)}\n${verdict}`,
    exitCode: fails === 0 ? 0 : 1,
  };
}

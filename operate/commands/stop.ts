/** `stop`: the kill switch. It returns when it is in force: after that no send begins (protocols §6, platform §4.10). */
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { aboutChange } from '../flags/parameters.ts';
import { TABLE_MISSING } from '../instance/missing-table.ts';
import { effectOf, requireSwitch, type Switch } from '../switches/levels.ts';
import { withLevers } from '../switches/levers.ts';
import { nameOf, pull, untilInForce } from '../switches/pull.ts';
import { durationText } from '../table.ts';

export type StopOptions = { readonly level: string; readonly only?: string; readonly reason: string };

export function stop(context: Context, options: StopOptions): Promise<Answer> {
  const one = requireSwitch(options.level, options.only);
  const about = aboutChange(options.reason, context);
  return withLevers(context, async (levers) => {
    const began = levers.monotonic();
    const { changedAt, value } = await pull(levers, one, about);
    context.tell(`${nameOf(one)} is set; waiting until it is in force`);
    await untilInForce(levers, one, about, levers.place.inForceAfterMs).catch((error: unknown) => {
      throw isLedgerGone(error) ? unseen(one, error) : error;
    });
    const ms = Math.round(levers.monotonic() - began);
    return {
      value: {
        level: one.level,
        value: one.value(value),
        setAt: changedAt,
        verifiedAt: new Date().toISOString(),
        ms,
      },
      text: [
        `In force after ${durationText(ms)}: ${effectOf(one.level)}. Undo with \`npx frontdesk resume ${wordsOf(one)}\`.`,
        ...(one.level === 'processing' ? [RECOVERY] : []),
      ].join('\n'),
    };
  });
}

const isLedgerGone = (error: unknown): error is Failure => error instanceof Failure && error.code === TABLE_MISSING;

/** Who reads only that a table is missing would think that nothing was stopped. */
function unseen(one: Switch, { code, message, cure }: Failure): Failure {
  const isSet = `${nameOf(one)} is set, in force everywhere within 60 s`;
  return new Failure(code, `${isSet}; whether a reply is still on its way cannot be seen: ${message}`, cure);
}

/** Platform §4.10, level 7. */
const RECOVERY =
  'What comes in is kept, in its record and in the archive. Before resuming hand it on in windows, `npx frontdesk replay start --purpose recovery --from T --to T --yes`: it is routed and not answered. What is left the sweeper states again after the resume.';

const wordsOf = ({ level, only }: Switch): string => `--level ${level}${only === null ? '' : ` --only ${only}`}`;

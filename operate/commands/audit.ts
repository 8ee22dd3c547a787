/** `audit verify`: is the trail what was recorded? Needs no running instance. */
import { evidenceIn } from '../audit/folder.ts';
import { type Verdict, verifyTrail } from '../audit/verify.ts';
import type { Answer, Context } from '../context.ts';
import { localTime } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { pairs } from '../table.ts';
import { count } from '../text.ts';

export function verifyAudit(context: Context): Answer {
  const verdict = verifyTrail(evidenceIn(context, Date.now(), context.note));
  return { value: verdict, text: textOf(context, verdict), exitCode: verdict.broken > 0 ? 1 : 0 };
}

function textOf(context: Context, verdict: Verdict): string {
  const { deletionUnderWay, firstBroken, head, isHeadPending, unsealed, underWay } = verdict;
  const zone = businessZone(context.variables);
  const chain = head === null ? 'no hour is sealed yet' : `${count(verdict.seals, 'seal')}, the last one ${head}`;
  const at = firstBroken === null || firstBroken.at === '' ? '' : ` (${localTime(firstBroken.at, zone)} ${zone.name})`;
  return pairs([
    ['valid', count(verdict.valid, 'record')],
    ['deleted on request', count(verdict.deletedOnRequest, 'record')],
    ...(deletionUnderWay > 0
      ? ([
          [
            'deletion under way',
            `${count(deletionUnderWay, 'record')}; if it was interrupted, run \`npx frontdesk privacy delete\` again`,
          ],
        ] as const)
      : []),
    ['expired', count(verdict.expired, 'record')],
    ['broken', verdict.broken],
    ...(firstBroken === null ? [] : ([['first broken link', `${firstBroken.link}${at}: ${firstBroken.why}`]] as const)),
    ['chain', isHeadPending ? `${chain}; it waits to be published` : chain],
    ...(underWay > 0
      ? ([['on their way', `${count(underWay, 'fact')}, or dead letters (\`npx frontdesk dlq list\`)`]] as const)
      : []),
    ...(unsealed > 0
      ? ([
          ['unsealed', `${count(unsealed, 'record')}, older than the archives; the first seal will cover them`],
        ] as const)
      : []),
  ]);
}

import { type ProofPart, printed } from '../part.ts';

/** Recovery drills of issue 7. */
export const DRILL_PARTS: readonly ProofPart[] = [
  {
    name: 'drill',
    line: 'DR drill: on a scratch copy each table is lost in turn, then all, and rebuilt with `reply_epoch` and ledger generation; zero sends, equal read models; RTO and RPO.',
    command: ['node', 'bin/launch.js', 'test/full/drill/drill.ts'],
    figure: printed(/(\d+ drills: RTO [^\n]*)/),
    limitMinutes: 20,
  },
  {
    name: 'recovery-doc',
    line: 'A newcomer follows `docs/recovery.md` from "the table is gone" to "proven whole": every command of the page run in its order.',
    command: ['node', 'bin/launch.js', 'test/full/drill/recovery-doc.ts'],
    figure: printed(/(\d+ commands of docs\/recovery\.md ran, [^\n]*)/),
    limitMinutes: 10,
  },
  {
    name: 'recovery-doc-live',
    line: 'The same after the ledger’s table was deleted while customers wrote: functions have given up on some of it, and nobody is written to until the end.',
    command: ['node', 'bin/launch.js', 'test/full/drill/recovery-doc.ts', '--live'],
    figure: printed(/(\d+ commands of docs\/recovery\.md ran after a live loss, [^\n]*)/),
    limitMinutes: 20,
  },
];

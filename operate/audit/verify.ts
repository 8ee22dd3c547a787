/** Is the trail what was recorded, but for what was deleted on request and what has expired? Pure. */
import { ERASED, ERASURES } from '../../functions/shared/audit/erasures.ts';
import { leavesOf, SEALS } from '../../functions/shared/audit/seals.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { judgeChain } from './chain.ts';
import { judgeErasures } from './erasures.ts';
import { type Break, type Evidence, textOf } from './evidence.ts';
import { judgeRecords } from './records.ts';

export type Verdict = {
  /** Records that are what was recorded. */
  readonly valid: number;
  readonly deletedOnRequest: number;
  /** Records that a deletion has taken which is begun and not stated yet: it runs, or was interrupted. */
  readonly deletionUnderWay: number;
  /** Sealed records whose time was over. */
  readonly expired: number;
  readonly broken: number;
  /** The oldest of what is broken. */
  readonly firstBroken: Break | null;
  /** Records that no seal covers yet and that are older than the archives; only before the first seal. */
  readonly unsealed: number;
  readonly seals: number;
  /** Root of the last seal; `null` before the first. */
  readonly head: string | null;
  /** The last seal waits to be published. */
  readonly isHeadPending: boolean;
  /** Facts that are published and on their way into the trail, dead letters of the auditor included. */
  readonly underWay: number;
};

export function verifyTrail(evidence: Evidence): Verdict {
  const live = evidence.rows.filter(
    ({ expires_at }) => expires_at === undefined || Number(expires_at) * 1000 > evidence.now,
  );
  const chain = judgeChain(live, evidence);
  const erasures = judgeErasures(live, evidence);
  const records = judgeRecords(live.filter(isRecord), chain, evidence, erasures);
  const breaks = [...chain.breaks, ...erasures.breaks, ...records.breaks].toSorted(byTime);
  return {
    valid: records.valid,
    deletedOnRequest: records.deletedOnRequest,
    deletionUnderWay: records.deletionUnderWay,
    expired: records.expired,
    broken: breaks.length,
    firstBroken: breaks[0] ?? null,
    unsealed: records.unsealed,
    seals: chain.seals.length,
    head: chain.seals.at(-1)?.rootHash ?? null,
    isHeadPending: chain.isHeadPending,
    underWay: evidence.underWay.size,
  };
}

/** Every row that is not one of the trail's own is held to be a record, and has to prove it. */
function isRecord(row: Item): boolean {
  const partition = textOf(row, 'conversation_id');
  return partition !== SEALS && partition !== ERASURES && partition !== ERASED && !partition.startsWith(leavesOf(''));
}

/** Those without a time last. */
function byTime(one: Break, other: Break): number {
  const key = ({ at, link }: Break) => `${at === '' ? '~' : at} ${link}`;
  return key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0;
}

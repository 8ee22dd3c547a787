/** What a run has to have done, judged by what the stand-in sent and what customers received. */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Spend } from '../../events/fields.ts';
import type { Result } from '../../local/demo/summary.ts';
import type { StandIn, Told } from '../openai-stand-in/server.ts';
import { billOf } from '../openai-stand-in/usage.ts';
import type { Message } from './messages.ts';

export type Audit = {
  /** One line each; none in a run that is right. */
  readonly wrong: readonly string[];
  readonly settled: number;
  readonly replied: number;
  readonly modelFailures: number;
  /** Kinds of behaviour that calls met, and how many calls. */
  readonly behaviours: Readonly<Record<string, number>>;
  readonly calls: number;
  readonly circuits: readonly string[];
  readonly ours: Bill;
  readonly vendors: Bill;
};
export type Bill = {
  readonly tokensIn: number;
  readonly tokensCached: number;
  readonly tokensOut: number;
  readonly nanoUsd: bigint;
};

type Run = {
  readonly messages: readonly Message[];
  readonly results: readonly Result[];
  /** How many replies each conversation got. */
  readonly replies: ReadonlyMap<string, number>;
  readonly facts: readonly AnyEvent[];
  readonly standIn: StandIn;
  readonly isRight: (call: Told) => boolean;
  readonly messageOf: (call: Told) => Message;
};

export function auditOf(run: Run): Audit {
  const { results, facts, standIn } = run;
  const calls = standIn.told.filter(({ kind }) => kind !== 'moderate');
  const behaviours: Record<string, number> = {};
  for (const { behaviour } of calls) behaviours[behaviour] = (behaviours[behaviour] ?? 0) + 1;
  const ours = ourBill(facts);
  const vendors = vendorsBill(standIn);
  return {
    wrong: [
      ...wrongMessages(run, calls),
      ...standIn.objections.map((objection) => `the vendor objected: ${objection}`),
      ...(sameBill(ours, vendors) ? [] : ['what was spent is not what the vendor counted']),
    ],
    settled: results.filter(({ isSettled }) => isSettled).length,
    replied: results.filter(({ row }) => row.replyText !== null).length,
    modelFailures: facts.filter(({ metadata }) => metadata.eventName === 'ClassificationFailed').length,
    behaviours,
    calls: calls.length,
    circuits: facts.map(({ metadata }) => metadata.eventName).filter((name) => name.startsWith('Circuit')),
    ours,
    vendors,
  };
}

function wrongMessages({ messages, results, replies, isRight, messageOf }: Run, calls: readonly Told[]): string[] {
  const callsOf = Map.groupBy(calls, messageOf);
  return messages.flatMap((message) => {
    const own = callsOf.get(message) ?? [];
    const of = (kind: Told['kind']) => own.filter((call) => call.kind === kind);
    const isAnswered = (kind: Told['kind']) => of(kind).some((call) => call.arrived && isRight(call));
    const result = results.find(({ message: { id } }) => id === message.row.id);
    const { truth } = message;
    const mayReply = isAnswered('classify') && (!truth.isVerified || isAnswered('verify'));
    const expected = mayReply ? truth.template : null;
    const row = result?.row;
    const found: [boolean, string][] = [
      [result?.isSettled !== true || row?.outcome === 'failed', 'is not settled'],
      [(replies.get(message.row.conversationId ?? '') ?? 0) > 1, 'was answered twice'],
      [(row?.templateId ?? null) !== expected, `was answered by ${row?.templateId}, not ${expected}`],
      [truth.isTier0 === true && (row?.tier !== 0 || own.length > 0), 'is Tier 0 and no model is asked'],
      [of('classify').length > 2 || of('verify').length > 2, 'was asked about more than twice'],
      [
        !truth.isTier0 && !isAnswered('classify') !== (row?.tagsAdded.includes('mw-model-failure') ?? false),
        'carries the tag of a failed model wrongly',
      ],
    ];
    return found.filter(([isWrong]) => isWrong).map(([, what]) => `${message.row.id} ${what}`);
  });
}

function ourBill(facts: readonly AnyEvent[]): Bill {
  const spends = facts.flatMap(({ data }) => (data.spend ? [data.spend as Spend] : []));
  const sum = (part: 'tokensIn' | 'tokensCached' | 'tokensOut') =>
    spends.reduce((total, spend) => total + spend[part], 0);
  return {
    tokensIn: sum('tokensIn'),
    tokensCached: sum('tokensCached'),
    tokensOut: sum('tokensOut'),
    nanoUsd: spends.reduce((total, { nanoUsd }) => total + BigInt(nanoUsd), 0n),
  };
}

function vendorsBill({ counted }: StandIn): Bill {
  const sum = (part: 'in' | 'cached' | 'out') => counted.reduce((total, usage) => total + usage[part], 0);
  return { tokensIn: sum('in'), tokensCached: sum('cached'), tokensOut: sum('out'), nanoUsd: billOf(counted) };
}

function sameBill(left: Bill, right: Bill): boolean {
  return (['tokensIn', 'tokensCached', 'tokensOut', 'nanoUsd'] as const).every((part) => left[part] === right[part]);
}

/** In dollars and cents. */
export function dollars({ nanoUsd }: Bill): string {
  return `$${(Number(nanoUsd / 10_000_000n) / 100).toFixed(2)}`;
}

import type { Bug } from '../bug.ts';

const CLAIMS = 'functions/shared/ledger/claims.ts';
const ACTIONS = 'functions/shared/ledger/actions.ts';
const CONSUMER = 'functions/shared/consumer/consumer.ts';
const STANDING = 'functions/classify/standing.ts';

/** Who owns what, and what was decided (protocols §1, §3, §4). */
export const CLAIM_BUGS: readonly Bug[] = [
  {
    id: 'claim-without-owner-clause',
    clause: '§1 a claim’s condition ends in OR (owner = :me AND status = the status this write sets)',
    edits: [
      {
        file: ACTIONS,
        before: "any(absent('key'), all(eq('owner', owner), eq('status', 'CLAIMED'))),",
        after: "any(absent('key')),",
      },
    ],
    rules: ['claim-kept'],
  },
  {
    id: 'backward-claim',
    clause: '§1 statuses only move forward: a claim never leads DECIDED or DONE back to IN_PROGRESS',
    edits: [
      {
        file: CLAIMS,
        before: "all(eq('status', 'IN_PROGRESS'), any(lt('lease_until', now), eq('owner', owner))),",
        after: "any(lt('lease_until', now), eq('owner', owner)),",
      },
    ],
    rules: ['same-bytes'],
  },
  {
    id: 'comment-owned-by-invocation',
    clause: '§3 the owner of an L1b claim is the root event id, not the invocation',
    edits: [
      {
        file: STANDING,
        before: 'messageRecordKey(conversationId, id), me, recordKey)) ?',
        after: 'messageRecordKey(conversationId, id), context.owner, recordKey)) ?',
      },
    ],
    rules: ['lost', 'undecided', 'missed-dispute'],
  },
  {
    id: 'no-decided-step',
    clause: '§4 IN_PROGRESS → DECIDED → DONE: what was decided is stored before anything is published',
    edits: [
      {
        file: CONSUMER,
        before: 'const stored = await storeDecided(container, key, owner, result);',
        after: "const stored = { kind: 'decided', decided: result } as Awaited<ReturnType<typeof storeDecided>>;",
      },
      {
        file: CLAIMS,
        before: "any(eq('status', 'DECIDED'), eq('status', 'DONE')),",
        after: "any(eq('status', 'IN_PROGRESS'), eq('status', 'DECIDED'), eq('status', 'DONE')),",
      },
    ],
    rules: ['same-bytes'],
  },
  {
    id: 'claims-not-announced',
    clause: '§3 before its first claim a root writes the comment ids it will claim into its csm: record',
    edits: [
      {
        file: STANDING,
        before: 'if (fresh.length > 0 && !(await announce(',
        after: 'if (fresh.length > 1_000 && !(await announce(',
      },
    ],
    rules: ['undecided', 'missed-dispute'],
  },
];

import type { Control } from '../control.ts';

const SUITE = 'test/full/audit-verify/audit-verify.test.ts';

export const TRAIL_CONTROLS: readonly Control[] = [
  {
    id: 'salted-leaves',
    threats: ['T13'],
    control: 'Every record of the trail is a salted leaf that covers all of it; `audit verify` recomputes each.',
    test: SUITE,
    removal: [
      {
        file: 'operate/audit/records.ts',
        before: "if (leafHashOf(row) !== row.leaf) return 'it says another thing than its leaf';",
        after: '',
      },
    ],
  },
  {
    id: 'hourly-seals',
    threats: ['T13', 'T21'],
    control: 'Each closed hour is sealed by a Merkle root over its leaves, which the seal lists.',
    test: SUITE,
    removal: [
      {
        file: 'operate/audit/chain.ts',
        before: 'seal.leafCount !== entries.length || merkleRoot(entries) !== seal.rootHash',
        after: 'false',
      },
    ],
  },
  {
    id: 'published-seals',
    threats: ['T13', 'T21'],
    control: 'Seals are chained and published, so an hour that is sealed anew differs from what the archive holds.',
    test: SUITE,
    removal: [
      {
        file: 'operate/audit/chain.ts',
        before: 'asStored(standing) !== row.fact',
        after: 'false',
      },
    ],
  },
  {
    id: 'seals-once',
    threats: ['T13'],
    control: 'A seal is put once in its place of the chain and stated as it was stored, whoever dies or runs twice.',
    test: 'functions/sealer/handler.test.ts',
    removal: [
      {
        file: 'functions/sealer/handler.ts',
        before: "container.store.put('audit_trail', row, absent('fact'))",
        after: "container.store.put('audit_trail', row)",
      },
    ],
  },
  {
    id: 'pending-head-vouches-for-nothing',
    threats: ['T13', 'T21'],
    control: 'A seal that is not published vouches for no record: what only it lists is held to the archives.',
    test: SUITE,
    removal: [
      {
        file: 'operate/audit/chain.ts',
        before: 'const into = isHeadPending ? pending : listed;',
        after: 'const into = listed;',
      },
    ],
  },
  {
    id: 'no-forged-seal-published',
    threats: ['T13', 'T21'],
    control: 'The sealer publishes what it finds unpublished only when its root is that of leaves in the table.',
    test: 'functions/sealer/handler.test.ts',
    removal: [
      {
        file: 'functions/sealer/handler.ts',
        before: 'end.unpublished !== null && !(await isOverItsLeaves(container, end.seal))',
        after: 'false',
      },
    ],
  },
  {
    id: 'open-hours',
    threats: ['T13', 'T21'],
    control: 'What no seal covers yet is compared with the archives: changed, added or missing, it is broken.',
    test: SUITE,
    removal: [
      {
        file: 'operate/audit/records.ts',
        before: '!vouchesFor(archived, ',
        after: '!((..._: unknown[]) => true)(archived, ',
      },
    ],
  },
  {
    id: 'proven-deletions',
    threats: ['T13', 'T21'],
    control: 'A tombstone counts only with a published deletion whose Merkle root covers it.',
    test: SUITE,
    removal: [
      {
        file: 'operate/audit/erasures.ts',
        before: "erasureRoot(request, tombstones) === deleted.erasedRoot ? null : 'a tombstone is not as it was left'",
        after: 'null',
      },
    ],
  },
  {
    id: 'deleted-stays-deleted',
    threats: ['T9'],
    control: 'Nothing of a deleted customer is recorded again by a replay or a late delivery.',
    test: 'operate/privacy/erase.test.ts',
    removal: [
      {
        file: 'functions/auditor/handler.ts',
        before: 'if (await wasErased(container, fact, generation !== null)) return NOTHING;',
        after: '',
      },
    ],
  },
];

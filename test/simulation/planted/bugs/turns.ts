import type { Bug } from '../bug.ts';

const TURN = 'functions/classify/turn.ts';
const STANDING = 'functions/classify/standing.ts';
const RESOLVE = 'functions/classify/resolve.ts';
const DECIDE_TURN = 'functions/classify/decide-turn.ts';
const GATHER = 'functions/classify/gather.ts';
const CLASSIFY = 'functions/classify/handler.ts';
const INGEST = 'functions/ingest/handler.ts';

/** Intake, order and turns (protocols §2, §3). */
export const TURN_BUGS: readonly Bug[] = [
  {
    id: 'older-first-claims',
    clause: '§3 claims are made newest first, and only the root that owns the newest customer comment decides',
    edits: [
      {
        file: STANDING,
        before: '    .map(({ comment }) => comment.id)\n    .reverse();',
        after: '    .map(({ comment }) => comment.id);',
      },
      {
        file: TURN,
        before: "  return { do: 'wait' };",
        after: "  return { do: 'decide', turn: own, answers: newestOwn, operatorNewest: null };",
      },
    ],
    rules: ['decides-newest'],
  },
  {
    id: 'turn-advanced-before-decided',
    clause: '§3 last_turn_seq is advanced after DECIDED',
    edits: [
      {
        file: DECIDE_TURN,
        before: 'import { advanceLatest, type Conversation,',
        after: 'import { advanceLatest, advanceTurn, type Conversation,',
      },
      {
        file: DECIDE_TURN,
        before: 'if (found.mayAnswer) await advanceLatest(container, conversationId, answers.seq);',
        after:
          'await advanceTurn(container, conversationId, answers.seq);\n  if (found.mayAnswer) await advanceLatest(container, conversationId, answers.seq);',
      },
    ],
    rules: ['turn-whole'],
  },
  {
    id: 'duplicate-on-one-read',
    clause: '§3 no verdict "nothing to do" rests on one read',
    edits: [
      {
        file: RESOLVE,
        before: 'if (!isDecidedElsewhere(root, claims)) secondLook(context);',
        after: 'isDecidedElsewhere(root, claims);',
      },
    ],
    rules: ['second-look'],
  },
  {
    id: 'own-reply-ends-the-turn',
    clause: '§3 membership of a turn is "not in the stored turn of a decision"; a reply of ours ends no turn',
    edits: [
      {
        file: TURN,
        before: "comment.author === 'customer' && comment.createdAt >= since)",
        after:
          "comment.author === 'customer' && comment.createdAt >= since)\n    .filter(({ createdAt }) => !comments.some((other) => other.author === 'bot' && other.createdAt > createdAt))",
      },
    ],
    rules: ['undecided', 'missed-dispute'],
  },
  {
    id: 'screening-the-newest-only',
    clause: '§3 to screen and to route: every customer comment of the turn',
    edits: [
      {
        file: GATHER,
        before: 'const read = [...seen].map(',
        after: 'const read = [...seen].filter(([id]) => id === newest.comment.id).map(',
      },
    ],
    rules: ['missed-dispute', 'stale-route'],
  },
  {
    id: 'sticky-after-publishing',
    clause: '§3 a strong hit sets the sticky flag at once, before model, vault or publishing',
    edits: [
      {
        file: DECIDE_TURN,
        before:
          "if (screened.input.turn.screenStrength === 'strong')\n    await stick(context, conversationId, decide(screened.input, container.policy));",
        after: '',
      },
      {
        file: DECIDE_TURN,
        before:
          "if (decision.riskFlags.length > 0 && decision.row === 'D1' && screened.input.turn.screenStrength !== 'strong')\n    await stick(context, conversationId, decision);",
        after: "const sticks = decision.riskFlags.length > 0 && decision.row === 'D1' ? { sticks: true } : {};",
      },
      {
        file: DECIDE_TURN,
        before: 'about, ...flowTakenUp(turn) };',
        after: 'about, ...flowTakenUp(turn), ...sticks };',
      },
      {
        file: DECIDE_TURN,
        before: 'async function stick(',
        after: 'export async function stick(',
      },
      {
        file: CLASSIFY,
        before: "import { givenUp, resolveTurn } from './resolve.ts';",
        after: "import { stick } from './decide-turn.ts';\nimport { givenUp, resolveTurn } from './resolve.ts';",
      },
      {
        file: CLASSIFY,
        before: 'async afterPublish({ notes }, event, { container }) {',
        after:
          "async afterPublish({ facts, notes }, event, context) {\n    const { container } = context;\n    if (notes.sticks === true)\n      await stick(context, event.metadata.conversationId ?? '', facts[0]?.data.decision as Parameters<typeof stick>[2]);",
      },
    ],
    rules: ['flagged-first', 'sticky'],
  },
  {
    id: 'superseded-without-a-stored-turn',
    clause: '§3 superseded is stated only when each comment of the root stands in the stored turn of a decision',
    edits: [
      {
        file: TURN,
        before: "  return { do: 'wait' };",
        after: "  return { do: 'superseded', by: newest.comment.id };",
      },
    ],
    rules: ['superseded-early', 'undecided'],
  },
  {
    id: 'merge-without-its-condition',
    clause: '§2 a merge is conditional on a record that is neither over nor looked at',
    edits: [
      {
        file: INGEST,
        before: "all(ne('status', 'SETTLED'), ne('status', 'DEAD'), absent('looked_at')),",
        after: "all(any(ne('status', 'SETTLED'), ne('status', 'DEAD'), absent('looked_at'))),",
      },
      {
        file: INGEST,
        before: 'import { absent, all, type Item, ne }',
        after: 'import { absent, all, any, type Item, ne }',
      },
    ],
    rules: ['merged-late', 'undecided'],
  },
  {
    id: 'no-look',
    clause: '§2 before it publishes, the root of a bucket-keyed record queues a look',
    edits: [
      {
        file: CLASSIFY,
        before: 'if (namedComment(root) === null) await queueLook(',
        after: "if (namedComment(root) === '') await queueLook(",
      },
    ],
    rules: ['undecided', 'missed-dispute'],
  },
];

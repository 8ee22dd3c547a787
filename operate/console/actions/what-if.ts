/** What another policy would have decided, as `policy show` and `whatif` of the command line tell it. Nothing here changes anything. */
import * as v from 'valibot';
import { policyFileName, policyText } from '../../whatif/export.ts';
import { policyFields } from '../../whatif/fields.ts';
import { readPolicyText } from '../../whatif/policy-file.ts';
import { RELEASED } from '../../whatif/terms.ts';
import { action } from '../desk/action.ts';
import { runDifference, runValue, startRun, stopRun } from '../what-if/runs.ts';

const MOST_CHANGES = 500;
const Text = v.pipe(v.string(), v.trim(), v.maxLength(500));
const Key = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+){0,4}$/));
const Value = v.nullable(v.union([v.number(), v.boolean(), v.pipe(v.string(), v.maxLength(100)), v.array(v.string())]));
const Changes = v.pipe(v.record(Key, Value), v.maxEntries(MOST_CHANGES));
const Draft = { changes: Changes, name: v.optional(Text, ''), reason: v.optional(Text, '') };
const Run = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/));
const Mark = v.pipe(v.string(), v.uuid());

/** A question may be asked by GET alone, so the draft travels as words. */
const DraftWords = v.object({
  changes: v.pipe(v.string(), v.parseJson(), Changes),
  name: v.optional(Text, ''),
  reason: v.optional(Text, ''),
});

export type PolicyForm = { readonly version: string; readonly fields: ReturnType<typeof policyFields> };
export type PolicyExport = { readonly name: string; readonly text: string };

export const WHAT_IF_ACTIONS = [
  action({
    name: 'policy-form',
    kind: 'read',
    input: v.object({}),
    run: () => ({ value: { version: RELEASED.version, fields: policyFields() } satisfies PolicyForm }),
  }),
  action({
    name: 'policy-export',
    kind: 'read',
    input: DraftWords,
    run: (_, draft) => {
      const text = policyText(draft);
      readPolicyText(text, 'the form');
      return { value: { name: policyFileName(draft.name), text } satisfies PolicyExport };
    },
  }),
  action({
    name: 'what-if',
    kind: 'job',
    input: v.strictObject({
      ...Draft,
      /** By which the page may stop it. */
      mark: v.optional(Mark),
      from: v.optional(Text),
      to: v.optional(Text),
      sweep: v.optional(v.strictObject({ key: Key, from: v.number(), to: v.number() })),
    }),
    run: async (context, { mark, ...input }) => ({ value: await startRun(context, input, mark) }),
  }),
  action({
    name: 'what-if-stop',
    kind: 'act',
    input: v.strictObject({ mark: Mark }),
    run: (_, { mark }) => ({ value: stopRun(mark) }),
  }),
  action({
    name: 'what-if-run',
    kind: 'read',
    input: v.object({ run: Run }),
    run: (_, { run }) => ({ value: runValue(run) }),
  }),
  action({
    name: 'what-if-difference',
    kind: 'read',
    input: v.object({ run: Run, at: v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number)) }),
    run: (_, { run, at }) => ({ value: runDifference(run, at) }),
  }),
];

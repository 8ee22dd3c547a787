import { IMPATIENT, type RuleDeclaration } from '../../shared/rules.ts';

export const rules: readonly RuleDeclaration[] = [
  {
    name: 'responder-reply',
    target: 'responder-reply',
    // Approvals derived from a replay never come here; `exists` works on leaf fields only.
    hears: [{ event: 'ReplyApproved', metadata: { replay: { name: [{ exists: false }] } } }],
    retry: IMPATIENT,
    // None, never.
    replay: [],
  },
];

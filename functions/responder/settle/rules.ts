import { PATIENT, type RuleDeclaration } from '../../shared/rules.ts';

export const rules: readonly RuleDeclaration[] = [
  {
    name: 'responder-settle',
    target: 'responder-settle',
    hears: [
      { event: 'ReplyApproved', metadata: { replay: { name: [{ exists: true }] } } },
      { event: 'ReplyDenied' },
      { event: 'MessageStalled' },
      { event: 'ReplyOutcomeUnclear' },
    ],
    retry: PATIENT,
    replay: ['recovery'],
  },
];

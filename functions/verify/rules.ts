import { PATIENT, type RuleDeclaration } from '../shared/rules.ts';

export const rules: readonly RuleDeclaration[] = [
  {
    name: 'verify-candidates',
    target: 'verify',
    hears: [
      { event: 'MessageClassified', data: { tierCandidate: [1] } },
      { event: 'OrderMatched' },
      { event: 'OrderNotMatched' },
      { event: 'OrderLookupFailed' },
    ],
    retry: PATIENT,
    replay: [],
  },
];

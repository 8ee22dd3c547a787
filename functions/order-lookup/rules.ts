import { PATIENT, type RuleDeclaration } from '../shared/rules.ts';

export const rules: readonly RuleDeclaration[] = [
  {
    name: 'order-candidates',
    target: 'order-lookup',
    hears: [{ event: 'MessageClassified', data: { tierCandidate: [2] } }],
    retry: PATIENT,
    // Facts derived in a recovery take the live path.
    replay: [],
  },
];

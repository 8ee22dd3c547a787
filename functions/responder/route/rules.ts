import { PATIENT, type RuleDeclaration } from '../../shared/rules.ts';

export const rules: readonly RuleDeclaration[] = [
  {
    name: 'responder-route',
    target: 'responder-route',
    hears: [{ event: 'MessageClassified' }, { event: 'ClassificationFailed' }, { event: 'EscalationRaised' }],
    retry: PATIENT,
    replay: [],
  },
];

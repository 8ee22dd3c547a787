import { INTAKE_RULE, PATIENT, type RuleDeclaration } from '../shared/rules.ts';

export const rules: readonly RuleDeclaration[] = [
  {
    name: INTAKE_RULE,
    target: 'classify',
    hears: [{ event: 'MessageReceived' }, { event: 'MissedMessageDetected' }],
    retry: PATIENT,
    replay: ['recovery'],
  },
];

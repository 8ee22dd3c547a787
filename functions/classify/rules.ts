import { PATIENT, type RuleDeclaration } from '../shared/rules.ts';

export const rules: readonly RuleDeclaration[] = [
  {
    name: 'classify-intake',
    target: 'classify',
    hears: [{ event: 'MessageReceived' }, { event: 'MissedMessageDetected' }],
    retry: PATIENT,
    replay: ['recovery'],
  },
];

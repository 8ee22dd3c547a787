import { PATIENT, type RuleDeclaration } from '../shared/rules.ts';

export const rules: readonly RuleDeclaration[] = [
  { name: 'auditor-all', target: 'auditor', hears: 'everything', retry: PATIENT, replay: ['rebuild'] },
];

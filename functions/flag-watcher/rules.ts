import { PATIENT, type RuleDeclaration } from '../shared/rules.ts';

export const rules: readonly RuleDeclaration[] = [
  {
    name: 'flag-changes',
    target: 'flag-watcher',
    hears: [],
    bus: 'default',
    pattern: {
      source: ['aws.ssm'],
      'detail-type': ['Parameter Store Change'],
      detail: { name: [{ prefix: '/frontdesk/' }] },
    },
    retry: PATIENT,
    replay: [],
  },
];

import { type ProofPart, passedTests, printed } from '../part.ts';

/** What becomes of a text before anything judges it (issue 5, "Text in" and "Bad input"). */
export const TEXT_IN_PARTS: readonly ProofPart[] = [
  {
    name: 'text-in',
    line: 'Text in: redaction with every entity, no detector fires on its own output, any failure drops the value; bad input ends safely, in time, and nothing of it is at rest.',
    command: [
      'node',
      'bin/launch.js',
      'tool',
      'vitest',
      'run',
      'policy/text/redact',
      'policy/text/hidden.test.ts',
      'policy/text/truncate.test.ts',
      'policy/text/language.test.ts',
      'functions/classify/redaction.test.ts',
      'test/behaviour',
    ],
    figure: passedTests,
    limitMinutes: 10,
  },
  {
    name: 'text-speed',
    line: 'Redaction and cleaning end in time, whatever the text is.',
    command: ['node', 'bin/launch.js', 'test/full/text-in/speed.ts'],
    figure: printed(/(64,000 characters redacted[^\n]*)/),
    limitMinutes: 5,
  },
];

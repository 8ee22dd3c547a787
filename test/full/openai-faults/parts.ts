import { type ProofPart, printed } from '../part.ts';

export const OPENAI_PARTS: readonly ProofPart[] = [
  {
    name: 'openai-faults',
    line: '1,000 messages against the stand-in with every fault mixed in: all settle, none replied wrongly, tokens and dollars to the cent.',
    command: ['node', 'bin/launch.js', 'test/full/openai-faults/cli.ts'],
    figure: printed(
      /(\d+ of \d+ settled, \d+ replied, \d+ wrongly)[^\n]*(\d+ calls with \d+ kinds of fault)[^\n]*\n(tokens [^\n]*)/,
    ),
    limitMinutes: 15,
  },
];

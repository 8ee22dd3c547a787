import { type ProofPart, printed } from '../part.ts';

/** The simulation with real processes. */
export const WIRE_PARTS: readonly ProofPart[] = [
  {
    name: 'simulate-wire',
    line: 'On the wire: `kill -9` of supervisor, function host and both at seeded points, real SDK clients, endpoint on disk: 0 duplicate, lost or unsettled, and two replays of the whole archive write nothing.',
    command: ['npm', 'run', 'simulate', '--', '--wire', '--seed', '1', '--conversations', '300'],
    figure: printed(
      /("messages":\s*\d+)[\s\S]*("repliesSent":\s*\d+)[\s\S]*("duplicateReplies":\s*0)[\s\S]*("lostMessages":\s*0)[\s\S]*("replayWrites":\s*0)[\s\S]*("unsettled":\s*0)[\s\S]*("archivedEvents":\s*\d+)/,
    ),
    limitMinutes: 15,
  },
];

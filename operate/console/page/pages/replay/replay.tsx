/** Replay: archived events to the twins of rules, seen before they go; and what nobody could finish. */
import { Heading } from '../../parts/heading.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { Runs } from './runs.tsx';
import { StartReplay } from './start.tsx';
import './replay.css';

export function Page() {
  return (
    <>
      <Heading name="Replay">
        Hands events from an archive to one consumer once more. Nothing that is replayed is ever sent to a customer.
      </Heading>
      <StartReplay />
      <Runs />
      <DeadLetters />
    </>
  );
}

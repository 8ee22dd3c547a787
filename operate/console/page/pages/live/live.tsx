/** The live view: what is under way, as it goes. */
import { Heading } from '../../parts/heading.tsx';
import { Counters } from './counters.tsx';
import { Recent } from './recent.tsx';
import { followTraffic } from './traffic.ts';

followTraffic();

export function Page() {
  return (
    <>
      <Heading name="Live">What customers wrote since this start, and what became of it.</Heading>
      <Counters />
      <Recent />
    </>
  );
}

/** The live view: the choreography as it is, and what is under way in it. */
import { Heading } from '../../parts/heading.tsx';
import { Refused } from '../../parts/notice.tsx';
import { Charts } from './charts.tsx';
import { Counters } from './counters.tsx';
import { Picture, useChoreography } from './drawing.tsx';
import { FlowTable } from './flow-table.tsx';
import './live.css';
import { Panel } from './panel.tsx';
import { Recent } from './recent.tsx';
import { Strip } from './strip.tsx';

export function Page() {
  const { value: drawn, refusal } = useChoreography();
  return (
    <div class="live">
      <Heading name="Live">
        Every function, and the facts that it states and hears. Choose one to see more of it.
      </Heading>
      <Strip />
      <Refused refusal={refusal} />
      <div class="panel drawn">
        <a class="skip" href="#recent">
          Skip the drawing
        </a>
        {drawn === null ? <p role="status">loading</p> : <Picture drawn={drawn} />}
        {drawn === null ? null : <FlowTable choreography={drawn.choreography} />}
      </div>
      {drawn === null ? null : <Panel choreography={drawn.choreography} />}
      <Counters />
      <Charts />
      <Recent />
    </div>
  );
}

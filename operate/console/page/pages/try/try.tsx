/** Try it: write as a customer into the sandbox, watch the message go through, read what the customer received; answer as an agent. */
import { about } from '../../live/stream.ts';
import { Heading } from '../../parts/heading.tsx';
import { AgentForm } from './agent-form.tsx';
import { CustomerForm } from './customer-form.tsx';
import { current, followSent, sent } from './sent.ts';
import { Talk } from './talk.tsx';
import { Watch } from './watch.tsx';
import './try.css';

followSent();

export function Page() {
  const { helpdesk } = about.value;
  if (helpdesk === undefined) return <Heading name="Try it" />;
  if (helpdesk !== 'sandbox') {
    return (
      <Heading name="Try it">
        Not here: this instance works for a real workspace, so there is no sandbox to write into.
      </Heading>
    );
  }
  const talk = current.value;
  const last =
    talk === null ? undefined : sent.value.findLast(({ conversation }) => conversation === talk.conversation);
  return (
    <>
      <Heading name="Try it">
        Write as a customer into the sandbox and watch what becomes of it. Customer, shop and orders are invented.
      </Heading>
      <div class="try">
        <div>
          <CustomerForm />
          {talk === null ? null : <AgentForm key={talk.conversation} conversation={talk.conversation} />}
        </div>
        <div>
          {last === undefined ? null : <Watch key={last.at} sent={last} />}
          {talk === null ? null : (
            <Talk key={talk.conversation} conversation={talk.conversation} ticket={talk.ticket} />
          )}
        </div>
      </div>
    </>
  );
}

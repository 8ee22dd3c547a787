import { useState } from 'preact/hooks';
import { act, asRefusal, type Refusal } from '../../api.ts';
import { Notice, Refused } from '../../parts/notice.tsx';
import { changes } from './sent.ts';

export function AgentForm({ conversation }: { conversation: string }) {
  const [text, setText] = useState('');
  const [isDone, setIsDone] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function send(): Promise<void> {
    setRefusal(null);
    setIsDone(false);
    try {
      await act('write-as-agent', { conversation, text });
      setText('');
      setIsDone(true);
      changes.value += 1;
    } catch (error) {
      setRefusal(asRefusal(error));
    }
  }

  return (
    <section class="panel" aria-labelledby="agent">
      <h2 id="agent">Write as an agent on the same ticket</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label class="field">
          <span>Answer</span>
          <textarea rows={3} required value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <Refused refusal={refusal} />
        {isDone ? (
          <Notice kind="done">Written. A further message of the customer now finds an agent in the talk.</Notice>
        ) : null}
        <button type="submit">Send as the agent</button>
      </form>
    </section>
  );
}

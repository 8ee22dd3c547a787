import { useState } from 'preact/hooks';
import type { Sent } from '../../../actions/try.ts';
import { act, asRefusal, type Refusal } from '../../api.ts';
import { Refused } from '../../parts/notice.tsx';
import { conversations, current, openEars, remember } from './sent.ts';

const CHANNELS = [
  ['email', 'e-mail'],
  ['livechat', 'live chat'],
  ['social', 'social'],
  ['tiktok', 'TikTok'],
  ['phone', 'phone'],
] as const;
const ORDERS = [
  ['in-transit', 'one, in transit'],
  ['delivered', 'one, delivered'],
  ['no-tracking', 'one, without tracking'],
  ['none', 'none'],
] as const;
const EXAMPLES = ['Where is my order?', 'My mug arrived broken', 'I want to cancel my subscription'] as const;

export function CustomerForm() {
  const [text, setText] = useState('');
  const [channel, setChannel] = useState('email');
  const [order, setOrder] = useState('in-transit');
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const talk = current.value;

  async function send(): Promise<void> {
    setIsSending(true);
    setRefusal(null);
    openEars(true);
    try {
      const about = talk === null ? {} : { conversation: talk.conversation };
      remember(await act<Sent>('write-as-customer', { text, channel, order, ...about }));
      setText('');
    } catch (error) {
      setRefusal(asRefusal(error));
    } finally {
      openEars(false);
      setIsSending(false);
    }
  }

  return (
    <section class="panel" aria-labelledby="customer">
      <h2 id="customer">Write as a customer</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label class="field">
          <span>Conversation</span>
          <select
            value={talk?.conversation ?? ''}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              current.value = conversations().find(({ conversation }) => conversation === chosen) ?? null;
            }}
          >
            <option value="">a new one</option>
            {conversations().map(({ conversation, ticket }) => (
              <option key={conversation} value={conversation}>
                ticket {ticket}
              </option>
            ))}
          </select>
        </label>
        <div class="pair">
          <Choice name="Channel" options={CHANNELS} value={channel} onChoose={setChannel} isFixed={talk !== null} />
          <Choice name="Order" options={ORDERS} value={order} onChoose={setOrder} isFixed={talk !== null} />
        </div>
        <label class="field">
          <span>Message</span>
          <textarea rows={4} required value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <p class="examples">
          Such as:{' '}
          {EXAMPLES.map((example) => (
            <button key={example} type="button" onClick={() => setText(example)}>
              {example}
            </button>
          ))}
        </p>
        <Refused refusal={refusal} />
        <button type="submit" class="main" disabled={isSending}>
          {isSending ? 'Sending' : 'Send as the customer'}
        </button>
      </form>
    </section>
  );
}

type ChoiceProps = {
  name: string;
  options: readonly (readonly [value: string, text: string])[];
  value: string;
  onChoose: (value: string) => void;
  /** The ticket has its own already. */
  isFixed: boolean;
};

function Choice({ name, options, value, onChoose, isFixed }: ChoiceProps) {
  return (
    <label class="field">
      <span>{name}</span>
      <select
        value={isFixed ? 'fixed' : value}
        disabled={isFixed}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {isFixed ? <option value="fixed">as the ticket has it</option> : null}
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

import { useState } from 'preact/hooks';
import { go } from '../../navigation.ts';

/** By whichever name a person has for it. */
export function Search({ given = '' }: { given?: string }) {
  const [text, setText] = useState(given);
  return (
    <form
      class="search"
      aria-label="Find a conversation"
      onSubmit={(event) => {
        event.preventDefault();
        const id = text.trim().replace(/^#/, '');
        if (id !== '') go(`/conversations/${encodeURIComponent(id)}`);
      }}
    >
      <label>
        <span>Ticket number, conversation id or message id</span>
        <input type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <button type="submit" class="main">
        Find
      </button>
    </form>
  );
}

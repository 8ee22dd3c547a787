/** What neither the bus nor a function could finish: by cause, with what to do about it, and the way back. */
import { useState } from 'preact/hooks';
import type { LetterGroup, SeenLetters } from '../../../actions/dead-letters.ts';
import { useRead } from '../../api.ts';
import { durationText } from '../../parts/duration.ts';
import { Notice, Refused } from '../../parts/notice.tsx';
import { RunbookLink } from '../../parts/runbook-link.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { conversationLink } from '../conversations/links.ts';
import { LetterDialog } from './letter.tsx';
import { RedriveDialog, redriveText } from './redrive.tsx';

type Letter = LetterGroup['letters'][number];

export function DeadLetters() {
  const { value: seen, refusal, isLoading, again } = useRead<SeenLetters>('dead-letters');
  const [shown, setShown] = useState<string | null>(null);
  const [redriving, setRedriving] = useState<LetterGroup | null>(null);
  const groups = seen?.groups ?? [];
  const total = groups.reduce((sum, { letters }) => sum + letters.length, 0);
  return (
    <section class="panel" id="dead-letters" aria-labelledby="letters">
      <div class="with-search">
        <h2 id="letters">Dead letters</h2>
        <button type="button" onClick={again} disabled={isLoading}>
          Look again
        </button>
      </div>
      <Refused refusal={refusal} />
      {seen === null ? <p role="status">loading</p> : <Clear unseen={seen.unseen} isEmpty={total === 0} />}
      {total > 0 ? (
        <p>
          Nothing is ever redriven by itself. Mend the cause, switch on safe mode on the page{' '}
          <a href="/switches">Switches</a>, hand back ten at most, look, and go on.
        </p>
      ) : null}
      {groups.map((group) => (
        <Group key={group.cause} group={group} onShow={setShown} onRedrive={() => setRedriving(group)} />
      ))}
      <LetterDialog id={shown} onClose={() => setShown(null)} />
      <RedriveDialog group={redriving} onClose={() => setRedriving(null)} onDone={again} />
    </section>
  );
}

/** Letters that another look holds are not seen: then nothing is said to be clear. */
function Clear({ unseen, isEmpty }: { unseen: string | null; isEmpty: boolean }) {
  if (unseen !== null) return <Notice kind="wait">{unseen}</Notice>;
  return isEmpty ? <Notice kind="done">No dead letters: nothing is left unfinished.</Notice> : null;
}

function Group({
  group,
  onShow,
  onRedrive,
}: {
  group: LetterGroup;
  onShow: (id: string) => void;
  onRedrive: () => void;
}) {
  const { cause, letters, advice } = group;
  const oldest = Math.max(...letters.map(({ ageSeconds }) => ageSeconds));
  return (
    <article class="letters" aria-label={`Cause ${cause}`}>
      <header>
        <h3>{cause}</h3>
        <span class="badge failed-outcome">{letters.length === 1 ? '1 letter' : `${letters.length} letters`}</span>
        <span class="quiet">the oldest {durationText(oldest * 1000)} old</span>
        <button type="button" onClick={onRedrive}>
          Redrive {cause}…
        </button>
      </header>
      <p>
        {advice.means} <b>{advice.cure}</b>{' '}
        <span class="quiet">
          Runbook <RunbookLink page={`docs/runbooks/${advice.runbook}.md`} />.
        </span>
      </p>
      <Table
        caption={`Letters of the cause ${cause}`}
        columns={columnsOf(onShow)}
        rows={letters}
        keyOf={({ id }) => id}
        empty=""
      />
    </article>
  );
}

const columnsOf = (onShow: (id: string) => void): readonly Column<Letter>[] => [
  { name: 'Function', show: (letter) => letter.function },
  { name: 'Event', show: ({ eventName }) => eventName ?? 'unreadable' },
  {
    name: 'Conversation',
    show: ({ conversationId }) =>
      conversationId === null ? '–' : <a href={conversationLink(conversationId)}>{conversationId}</a>,
  },
  { name: 'Age', show: ({ ageSeconds }) => durationText(ageSeconds * 1000) },
  { name: 'Attempts', isNumber: true, show: ({ attempts }) => attempts },
  { name: 'A redrive', show: (letter) => redriveText(letter) },
  {
    name: 'Letter',
    show: ({ id }) => (
      <button type="button" class="as-link" onClick={() => onShow(id)}>
        {id}
      </button>
    ),
  },
];

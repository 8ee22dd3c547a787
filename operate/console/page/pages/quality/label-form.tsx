/** What a message is really about: intent, tier and team, said by one person. */
import { useState } from 'preact/hooks';
import { INTENTS, TEAMS } from '../../../../../events/words.ts';
import type { QueuedTicket } from '../../../../quality/view.ts';
import type { LabelInput } from '../../../actions/quality.ts';
import { act, asRefusal, type Refusal } from '../../api.ts';
import { Refused } from '../../parts/notice.tsx';

const TIERS = [
  ['0', '0: always for people'],
  ['1', '1: a safe reply'],
  ['2', '2: order facts'],
  ['route-only', 'route only'],
] as const;

export function LabelForm({
  ticket,
  by,
  isDisputed,
  onSaved,
}: {
  ticket: QueuedTicket;
  by: string;
  isDisputed: boolean;
  onSaved: () => void;
}) {
  const decidedTier = ticket.tier === null ? 'route-only' : String(ticket.tier);
  const [intent, setIntent] = useState<string>(ticket.intent);
  const [tier, setTier] = useState<string>(decidedTier);
  const [team, setTeam] = useState<string>(ticket.team ?? '');
  const [settles, setSettles] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const isAsDecided = intent === ticket.intent && tier === decidedTier && team === (ticket.team ?? '');

  async function save(): Promise<void> {
    setRefusal(null);
    setIsSaving(true);
    const { messageKey, conversationId } = ticket;
    const label: LabelInput = {
      ...{ messageKey, conversationId, intent, tier, by },
      ...(team !== '' && { team }),
      ...(settles && { adjudicate: true }),
    };
    try {
      await act('quality-label', label);
      onSaved();
    } catch (error) {
      setRefusal(asRefusal(error));
    } finally {
      setIsSaving(false);
    }
  }

  return (
    <form
      class="label"
      aria-label="Label"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void save();
      }}
    >
      <Choice name="It is about" value={intent} options={INTENTS.map((one) => [one, one])} onChoice={setIntent} />
      <Choice name="At most" value={tier} options={TIERS} onChoice={setTier} />
      <Choice
        name="It belongs to"
        value={team}
        options={[
          ...(ticket.team === null ? [['', 'nobody said'] as const] : []),
          ...TEAMS.map((one) => [one, one] as const),
        ]}
        onChoice={setTeam}
      />
      {isDisputed ? (
        <label class="settles">
          <input
            type="checkbox"
            checked={settles}
            onChange={({ currentTarget }) => setSettles(currentTarget.checked)}
          />
          This settles what people said differently
        </label>
      ) : null}
      <div class="actions">
        <button type="submit" class="main" disabled={isSaving || by === ''} aria-keyshortcuts="Control+Enter">
          {isAsDecided ? 'It was decided right' : 'Save the label'} <kbd>Ctrl Enter</kbd>
        </button>
      </div>
      {by === '' ? <p class="quiet">Say who you are first.</p> : null}
      <Refused refusal={refusal} />
    </form>
  );
}

function Choice({
  name,
  value,
  options,
  onChoice,
}: {
  name: string;
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onChoice: (value: string) => void;
}) {
  return (
    <label class="field">
      <span>{name}</span>
      <select value={value} onChange={({ currentTarget }) => onChoice(currentTarget.value)}>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

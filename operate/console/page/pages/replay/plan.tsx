/** What a replay will do, seen before it does; and the button that starts it. */
import { useState } from 'preact/hooks';
import type { ReplayPlan } from '../../../../replay/report.ts';
import { begin, useRead } from '../../api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { durationText } from '../../parts/duration.ts';
import { Notice, Refused } from '../../parts/notice.tsx';
import { useOnce } from '../../parts/once.ts';
import { Time } from '../../parts/time.tsx';
import { counted, hearsText, refusedOnPage, takesText, waitText, windowsText } from './plan-words.ts';
import type { Period } from './window.tsx';

export type Wanted = Period & { readonly purpose: ReplayPlan['purpose']; readonly rule: string };

export function PlanDialog({ wanted, onClose }: { wanted: Wanted | null; onClose: () => void }) {
  return (
    <Dialog name="What will happen" isOpen={wanted !== null} onClose={onClose}>
      {wanted === null ? null : <Plan wanted={wanted} onClose={onClose} />}
    </Dialog>
  );
}

const THEN: Readonly<Record<ReplayPlan['purpose'], string>> = {
  recovery:
    'catch_up_mode is on until it is over: messages are routed as in safe mode, and vendors are called less. Nobody is answered.',
  rebuild: 'The new read models are compared with the present ones and then take their place.',
  backfill: 'The consumer takes what it knows already for what it is: the same once more.',
};

function Plan({ wanted, onClose }: { wanted: Wanted; onClose: () => void }) {
  const { purpose, rule } = wanted;
  const which = { purpose, rule, from: iso(wanted.from), to: iso(wanted.to) };
  const { value: plan, refusal, again, isLoading } = useRead<ReplayPlan>('replay-plan', which);
  const [isOverride, setIsOverride] = useState(false);
  const asking = useOnce();
  const against = plan?.refusals.filter(({ isOverridable }) => !(isOverridable && isOverride)) ?? [];
  const isReady = plan !== null && !isLoading && against.length === 0 && plan.events > 0;
  const start = (): void =>
    asking.run(async () => {
      await begin('start-replay', { ...which, ...(isOverride && { override: true }) });
      onClose();
    });
  return (
    <>
      <Refused refusal={refusal} />
      {plan === null ? (
        <p role="status">counting the events of the window</p>
      ) : (
        <>
          <p>
            About <b>{counted(plan.events, 'event')}</b> of the archive {plan.archive}, from <Time at={plan.from} /> to{' '}
            <Time at={plan.to} />, {plan.events === 1 ? 'goes' : 'go'} to <b>{plan.consumer}</b> by its rule {plan.rule}
            , and nowhere else.
          </p>
          <dl class="pairs">
            <dt>Windows</dt>
            <dd>{windowsText(plan)}</dd>
            <dt>Next window</dt>
            <dd>
              when fewer than {plan.mostInFlight} messages are under way and the helpdesk does not push back
              {waitText(plan) === null ? null : <b>; {waitText(plan)}</b>}
            </dd>
            <dt>Takes</dt>
            <dd>
              {takesText(plan, durationText)},{' '}
              {plan.estimate.by === 'former' ? 'as former replays of this rule did' : 'as replays usually do'}
            </dd>
            <dt>Sent to customers</dt>
            <dd>
              <b>nothing.</b> Only a twin hears a replay, the rule that writes to customers has none, and the door
              refuses what bears a replay’s mark.
            </dd>
            <dt>Besides</dt>
            <dd>{THEN[plan.purpose]}</dd>
          </dl>
          <details>
            <summary>{hearsText(plan.hears.length)}</summary>
            <p>{plan.hears.join(', ')}</p>
          </details>
          {plan.events === 0 && plan.refusals.length === 0 ? (
            <Notice kind="plain">Nothing of that happened in this window: there is nothing to replay.</Notice>
          ) : null}
          {plan.refusals.map((one) => (
            <Refusal key={one.code} of={one} />
          ))}
          {plan.refusals.some(({ isOverridable }) => isOverridable) ? (
            <label class="check">
              <input
                type="checkbox"
                checked={isOverride}
                onChange={(event) => setIsOverride(event.currentTarget.checked)}
              />
              <span>Although an alarm is on</span>
            </label>
          ) : null}
        </>
      )}
      <Refused refusal={asking.refusal} />
      <div class="actions">
        <button type="button" class="main" disabled={!isReady || asking.isBusy} onClick={start}>
          Start the replay
        </button>
        <button type="button" onClick={again}>
          Look again
        </button>
        <button type="button" onClick={onClose}>
          Do not
        </button>
      </div>
    </>
  );
}

function Refusal({ of }: { of: ReplayPlan['refusals'][number] }) {
  const { message, cure } = refusedOnPage(of);
  return (
    <Notice kind="failed">
      <b>Not now: {message}.</b> {cure}
    </Notice>
  );
}

const iso = (at: number): string => new Date(at).toISOString();

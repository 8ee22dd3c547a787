/** From purpose, consumer and window to what will happen. */
import { useEffect, useState } from 'preact/hooks';
import type { ReplayChoices } from '../../../actions/replay.ts';
import { useRead } from '../../api.ts';
import { Refused } from '../../parts/notice.tsx';
import { PlanDialog, type Wanted } from './plan.tsx';
import { TimeLine } from './time-line.tsx';
import { type Period, WindowFields } from './window.tsx';

type Twin = ReplayChoices['twins'][number];
type Purpose = Twin['purpose'];

const PURPOSES: readonly (readonly [Purpose, string, string])[] = [
  ['recovery', 'Recovery', 'what came in and was not handled: it is routed and not answered'],
  ['rebuild', 'Rebuild', 'read models that were lost or are wrong'],
  ['backfill', 'Backfill', 'a new consumer that was not there when it happened'],
];

export function StartReplay() {
  const { value: choices, refusal } = useRead<ReplayChoices>('replay-choices');
  const [purpose, setPurpose] = useState<Purpose>('recovery');
  const [rule, setRule] = useState<string | null>(null);
  const [period, setPeriod] = useState<Period | null>(null);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const twins = (choices?.twins ?? []).filter((twin) => twin.purpose === purpose);
  const twin = twins.find((one) => one.rule === rule) ?? null;
  // The usual one, or the only one, is chosen already.
  useEffect(() => {
    setRule((twins.find(({ isUsual }) => isUsual) ?? (twins.length === 1 ? twins[0] : undefined))?.rule ?? null);
  }, [choices, purpose]);
  return (
    <section class="panel" aria-labelledby="start">
      <h2 id="start">Start a replay</h2>
      <Refused refusal={refusal} />
      {choices === null ? (
        <p role="status">loading</p>
      ) : (
        <>
          <div class="choose">
            <fieldset class="choice">
              <legend>Purpose</legend>
              <div class="choices">
                {PURPOSES.map(([name, title, says]) => (
                  <label key={name}>
                    <input type="radio" name="purpose" checked={name === purpose} onChange={() => setPurpose(name)} />
                    <span>{title}</span>
                    <small>{says}</small>
                  </label>
                ))}
              </div>
            </fieldset>
            <fieldset class="choice">
              <legend>Consumer</legend>
              <div class="choices">
                {twins.map((one) => (
                  <label key={one.rule}>
                    <input type="radio" name="rule" checked={one.rule === rule} onChange={() => setRule(one.rule)} />
                    <span>{one.consumer}</span>
                    <small>
                      {one.rule}, {one.hears} kinds of events of the archive {one.archive}
                    </small>
                  </label>
                ))}
                {twins.length === 0 ? (
                  <p class="empty">
                    No consumer of this release takes a {purpose}. Declare <code>replay: ['{purpose}']</code> in the
                    rules of one.
                  </p>
                ) : null}
              </div>
            </fieldset>
          </div>
          {twin === null ? null : (
            <>
              <TimeLine archive={twin.archive} period={period} onChoose={setPeriod} />
              <WindowFields
                archive={twin.archive}
                ingestionMs={choices.ingestionMs}
                period={period}
                onChoose={setPeriod}
              />
              <div class="actions">
                <button
                  type="button"
                  class="main"
                  disabled={period === null}
                  onClick={() => period !== null && setWanted({ purpose, rule: twin.rule, ...period })}
                >
                  See what will happen
                </button>
              </div>
            </>
          )}
        </>
      )}
      <PlanDialog wanted={wanted} onClose={() => setWanted(null)} />
    </section>
  );
}

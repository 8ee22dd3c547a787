/** Every gate in order: what it looked at, what it said. The one that decided stands out. */
import type { Shown } from './message.tsx';

const RESULTS = { pass: 'agreed', block: 'objected', downgrade: 'changed the reply', 'n/a': 'had no part' } as const;

export function Gates({ message: { gates, decision } }: { message: Shown }) {
  const objections = gates.filter(({ result }) => result === 'block').length;
  return (
    <section class="panel" aria-labelledby="gates">
      <h2 id="gates">Gates{decision === null ? '' : `, as they stood at ${decision.stage}`}</h2>
      {gates.length === 0 ? (
        <p class="empty">No gate was asked: nothing was decided yet, or nothing had to be.</p>
      ) : (
        <>
          <p class="lead">
            {objections === 0
              ? 'No gate objected.'
              : `${objections} of ${gates.length} objected; the first in order decides.`}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
          <section class="scroll" aria-label="Gate report" tabIndex={0}>
            <table class="gates">
              <caption class="unseen">Gate report</caption>
              <thead>
                <tr>
                  {['Gate', 'Looks at', 'Saw', 'Result', 'Why'].map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {gates.map(({ gate, looksAt, saw, result, why, before, after, isDeciding }) => (
                  <tr key={gate} class={`${result === 'n/a' ? 'none' : result}${isDeciding ? ' deciding' : ''}`}>
                    <th scope="row">{gate}</th>
                    <td>{looksAt}</td>
                    <td>{saw}</td>
                    <td>
                      {RESULTS[result]}
                      {isDeciding ? <b> and decided</b> : null}
                    </td>
                    <td>
                      {why}
                      {before === after ? null : (
                        <div>
                          {before ?? 'an order answer'} → {after ?? 'no reply'}
                        </div>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </section>
  );
}

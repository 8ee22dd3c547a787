/** The way through the functions as a waterfall: each step as long as it took, where in time it lay. Read when it is asked for. */
import { useState } from 'preact/hooks';
import type { Node, Way } from '../../../../telemetry/way.ts';
import { useRead } from '../../api.ts';
import { durationText } from '../../parts/amounts.ts';
import { Refused } from '../../parts/notice.tsx';

type Row = Node & { readonly depth: number };

function rowsOf(nodes: readonly Node[], depth = 0): Row[] {
  return nodes.flatMap((node) => [{ ...node, depth }, ...rowsOf(node.children, depth + 1)]);
}

export function Waterfall({ conversation, traceId }: { conversation: string; traceId: string | null }) {
  const [isOpen, setIsOpen] = useState(false);
  const { value, refusal } = useRead<{ traces: readonly Way[] }>('trace', isOpen ? { id: conversation } : null);
  const way = value?.traces.find((one) => one.traceId === traceId);
  return (
    <section class="panel" aria-labelledby="waterfall">
      <h2 id="waterfall">Way through the functions</h2>
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>Waterfall of trace {traceId ?? ''}</summary>
        <Refused refusal={refusal} />
        {value !== null && way === undefined ? <p class="empty">Nothing of this trace is kept any more.</p> : null}
        {way === undefined ? null : <Drawn way={way} />}
      </details>
    </section>
  );
}

function Drawn({ way }: { way: Way }) {
  const share = (ms: number): string => `${(100 * ms) / Math.max(1, way.durationMs)}%`;
  return (
    <>
      <p class="lead">
        {way.facts} facts and {way.spans} steps in {durationText(way.durationMs)}.
        {way.spans === 0 ? ' The steps are not kept here any more: only the facts are shown.' : ''}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
      <section class="scroll" aria-label="Waterfall" tabIndex={0}>
        <table class="waterfall">
          <caption class="unseen">Waterfall</caption>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col" class="number">
                Began
              </th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col" class="lane" aria-label="Where in time" />
            </tr>
          </thead>
          <tbody>
            {rowsOf(way.roots).map((row) => (
              <tr key={`${row.kind} ${row.id}`} class={row.kind}>
                <th scope="row">
                  <span style={{ paddingLeft: `${row.depth * 14}px` }}>
                    {row.kind === 'fact' ? '◆ ' : ''}
                    {row.name === 'consumer' ? row.function : row.name}
                    {row.result === null || row.result === 'success' ? '' : ` (${row.result})`}
                  </span>
                </th>
                <td class="number">+{durationText(row.offsetMs)}</td>
                <td class="number">{row.durationMs === null ? '' : durationText(row.durationMs)}</td>
                <td class="lane" aria-hidden="true">
                  <span
                    class="bar"
                    style={{
                      marginLeft: share(row.offsetMs),
                      width: row.durationMs === null ? '0' : share(row.durationMs),
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

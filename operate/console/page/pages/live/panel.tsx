/** Beside the drawing: more about whoever, or whichever fact, was chosen. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Choreography } from '../../../live/choreography/choreography.ts';
import { type Choice, choice, unchoose } from './choice.ts';
import { ArchivePanel, BusPanel, FunctionPanel, OutsidePanel, TwinPanel } from './panels/box.tsx';
import { FactPanel } from './panels/fact.tsx';

export function Panel({ choreography }: { choreography: Choreography }) {
  const chosen = choice.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const key = chosen === null ? '' : `${chosen.kind} ${nameOf(chosen)}`;
  // Before anything is painted: what was pressed may be gone with the panel before, and a key pressed then must still find this one.
  useLayoutEffect(() => {
    if (key !== '') heading.current?.focus();
  }, [key]);
  if (chosen === null) return null;
  return (
    <aside
      class="panel beside"
      aria-label={nameOf(chosen)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') unchoose();
      }}
    >
      <div class="beside-head">
        <h2 tabIndex={-1} ref={heading}>
          {nameOf(chosen)}
        </h2>
        <button type="button" onClick={unchoose}>
          Close
        </button>
      </div>
      {chosen.kind === 'fact' ? (
        <FactPanel event={chosen.event} choreography={choreography} />
      ) : (
        boxPanel(chosen.id, choreography)
      )}
    </aside>
  );
}

const nameOf = (chosen: Choice): string => {
  if (chosen.kind === 'fact') return chosen.event;
  return chosen.id === 'bus' ? 'EventBridge bus' : chosen.id;
};

function boxPanel(id: string, choreography: Choreography): ComponentChildren {
  const { actors, archives } = choreography;
  if (id === 'bus') return <BusPanel choreography={choreography} />;
  const actor = actors.find(({ name }) => name === id);
  if (actor !== undefined) return <FunctionPanel actor={actor} choreography={choreography} />;
  const archive = archives.find(({ name }) => id === `archive-${name}`);
  if (archive !== undefined) return <ArchivePanel archive={archive} choreography={choreography} />;
  for (const { name, rules } of actors) {
    const twin = rules.find((rule) => rule.name === id && rule.replayPurpose !== null);
    if (twin !== undefined) return <TwinPanel twin={twin} target={name} />;
  }
  return <OutsidePanel id={id} choreography={choreography} />;
}

/** What is told of a function, the bus, an archive, a twin, and of whoever stands outside. */
import type { Actor, Archive, Choreography, Rule } from '../../../../live/choreography/choreography.ts';
import { type Column, Table } from '../../../parts/table.tsx';
import { figures, figuresOf, rulesOff, totalOf } from '../flow.ts';
import { seconds, shortNumber, shortTime } from '../words.ts';
import { BoxLink, DocsLink, FactLink, Figures } from './parts.tsx';

type Heard = { readonly rule: Rule; readonly event: string; readonly filter: string | null };

const HEARS: readonly Column<Heard>[] = [
  { name: 'Fact', show: ({ rule, event }) => <HeardName rule={rule} event={event} /> },
  { name: 'State', show: ({ rule }) => <RuleState rule={rule.name} /> },
  { name: 'Only where', show: ({ filter }) => filter ?? '' },
  { name: 'Rule', show: ({ rule }) => rule.name },
];

function HeardName({ rule, event }: { rule: Rule; event: string }) {
  if (event !== '') return <FactLink event={event} />;
  return <>{rule.isEverything ? 'every fact' : 'changes'}</>;
}

function RuleState({ rule }: { rule: string }) {
  return rulesOff.value.has(rule) ? (
    <span class="badge failed-outcome">off</span>
  ) : (
    <span class="badge replied">on</span>
  );
}

export function FunctionPanel({ actor, choreography }: { actor: Actor; choreography: Choreography }) {
  const { name, kind, rules, states, writes, isDoor, everySeconds, timeoutSeconds, concurrency, retries } = actor;
  const live = rules.filter(({ replayPurpose }) => replayPurpose === null);
  const twins = rules.filter(({ replayPurpose }) => replayPurpose !== null);
  const causes = [
    ...(isDoor ? ['the helpdesk’s webhook'] : []),
    ...(everySeconds === null ? [] : [`the clock, every ${seconds(everySeconds)}`]),
    ...live.flatMap(({ services }) => services),
    ...(kind === 'tool' ? ['an operator’s command'] : []),
  ];
  return (
    <>
      {kind === 'function' ? <FunctionFigures actor={actor} /> : null}
      {causes.length > 0 ? <p>Run by {causes.join(' and ')}.</p> : null}
      {writes.length > 0 ? <p>Writes to the helpdesk: {writes.join(', ')}.</p> : null}
      <h3>Hears</h3>
      <Table
        caption={`What ${name} hears`}
        columns={HEARS}
        rows={live.flatMap((rule): Heard[] =>
          rule.isEverything || rule.subscriptions.length === 0
            ? [{ rule, event: '', filter: rule.services.length > 0 ? `from ${rule.services.join(', ')}` : null }]
            : rule.subscriptions.map((one) => ({ rule, ...one })),
        )}
        keyOf={({ rule, event }) => `${rule.name} ${event}`}
        empty="No fact."
      />
      {live.map(({ name: rule, retry }) => (
        <p class="quiet" key={rule}>
          {rule} delivers for {seconds(retry.maxAgeSeconds)}, up to {retry.attempts} times again; then to the dead
          letters.
        </p>
      ))}
      <h3>States</h3>
      {states.length === 0 ? <p class="empty">No fact.</p> : null}
      <ul class="facts">
        {states.map((event) => {
          const flow = choreography.flows.find((one) => one.from === name && one.event === event && one.to === null);
          return (
            <li key={event}>
              <FactLink event={event} /> <span class="number">{flow === undefined ? '' : totalOf(flow.id)}</span>
            </li>
          );
        })}
      </ul>
      {kind === 'function' ? (
        <>
          <h3>Replays</h3>
          {twins.length === 0 ? <p>No replay reaches it.</p> : null}
          {twins.map((twin) => (
            <p key={twin.name}>
              {twin.name} takes replays for {twin.replayPurpose}.
            </p>
          ))}
          <h3>Runs</h3>
          <Figures
            pairs={[
              ['timeout', timeoutSeconds === null ? '–' : seconds(timeoutSeconds)],
              ['at once', concurrency ?? 'as many as there are'],
              ['again after a failure', retries ?? '–'],
            ]}
          />
        </>
      ) : null}
      <DocsLink page="events/README.md">All facts in the documentation</DocsLink>
    </>
  );
}

function FunctionFigures({ actor: { name, hasLaterQueue } }: { actor: Actor }) {
  const found = figuresOf(name);
  if (found === null) return <p class="empty">It has not run since this start.</p>;
  return (
    <Figures
      pairs={[
        ['runs a second', shortNumber(found.rate)],
        ['lag p50', shortTime(found.lagP50)],
        ['lag p95', shortTime(found.lagP95)],
        ['running', found.running],
        ['waiting', found.waiting],
        ...(hasLaterQueue ? ([['later queue', found.later]] as const) : []),
        ['failure queue', found.failed],
        ['dead letters', found.dead],
        ['failed, last minute', found.errors],
        ['throttled, last minute', found.throttled],
        ['parked, last minute', found.parked],
        ['unreadable, last minute', found.invalid],
        ['came again, last minute', found.repeated],
      ]}
    />
  );
}

export function BusPanel({ choreography: { facts, actors } }: { choreography: Choreography }) {
  const rules = actors.flatMap((actor) => actor.rules.map((rule) => ({ rule, target: actor.name })));
  const failed = figures.value?.failedDeliveries ?? {};
  const columns: readonly Column<(typeof rules)[number]>[] = [
    { name: 'Rule', show: ({ rule }) => rule.name },
    { name: 'Leads to', show: ({ target }) => <BoxLink id={target} /> },
    { name: 'State', show: ({ rule }) => <RuleState rule={rule.name} /> },
    { name: 'Failed, last minute', isNumber: true, show: ({ rule }) => failed[rule.name] ?? 0 },
  ];
  return (
    <>
      <p>Takes every fact and hands it to each rule that lets it through. Facts carry ids, codes and counts.</p>
      <Figures
        pairs={[
          ['facts a second', shortNumber(figures.value?.perSecond ?? 0)],
          ['lag p95', shortTime(figures.value?.lagP95 ?? null)],
          ['kinds of fact', Object.keys(facts).length],
        ]}
      />
      <h3>Rules</h3>
      <Table caption="Rules" columns={columns} rows={rules} keyOf={({ rule }) => rule.name} empty="No rule." />
      <DocsLink page="events/README.md">All facts in the documentation</DocsLink>
    </>
  );
}

export function ArchivePanel({
  archive: { days, facts },
  choreography,
}: {
  archive: Archive;
  choreography: Choreography;
}) {
  return (
    <>
      <p>
        Keeps {facts} of {Object.keys(choreography.facts).length} kinds of fact for {days} days. A replay of them
        reaches replay twins only, never a live rule.
      </p>
      <p>
        <a href="/replay">Archives as a time line</a>
      </p>
    </>
  );
}

export function TwinPanel({ twin, target }: { twin: Rule; target: string }) {
  return (
    <>
      <p>
        Takes replays for {twin.replayPurpose} and hands them to <BoxLink id={target} />. Always on: no replay reaches a
        live rule.
      </p>
      <p>
        {twin.isEverything ? 'It hears every fact.' : 'It hears: '}
        {twin.isEverything ? null : [...new Set(twin.subscriptions.map(({ event }) => event))].join(', ')}
      </p>
    </>
  );
}

export function OutsidePanel({ id, choreography: { actors } }: { id: string; choreography: Choreography }) {
  const doors = actors.filter(({ isDoor }) => isDoor).map(({ name }) => name);
  const writers = actors.filter(({ writes }) => writes.length > 0);
  if (id === 'customers') return <p>A customer writes; the helpdesk’s webhook says so to {doors.join(', ')}.</p>;
  if (id === 'Helpdesk')
    return (
      <ul>
        {writers.map(({ name, writes }) => (
          <li key={name}>
            <BoxLink id={name} /> writes {writes.join(', ')}
          </li>
        ))}
      </ul>
    );
  return <p>A service of AWS that says on the default bus what changes.</p>;
}

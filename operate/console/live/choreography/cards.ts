/** The parts of the picture before they have a place: who stands in it, what each states, and who hears it. Pure. */
import type { EventName } from '../../../../events/catalogue.ts';
import type { Actor, Choreography, Rule } from './choreography.ts';
import { statedId } from './ids.ts';
import { type Card, type Link, STEP } from './layout/parts.ts';

export type BoxKind = 'function' | 'tool' | 'outside' | 'archive' | 'twin';
/** `fact` to who hears it by name, `bus` to the bus, `all` from the bus to who hears everything or very much. */
export type WireKind = 'fact' | 'bus' | 'all' | 'outside' | 'replay';

export type Row = {
  readonly id: string;
  /** The fact, or what is written to the helpdesk. */
  readonly label: string;
  /** Of a fact: its name in the stream. */
  readonly stated: string | null;
};

export type Shown = {
  readonly id: string;
  readonly kind: BoxKind;
  readonly title: string;
  /** Below the title; a function has its figures there instead. */
  readonly note: string;
  readonly rows: readonly Row[];
};

export type Joined = Link & { readonly kind: WireKind; readonly event: EventName | null; readonly rule: string | null };

export type Widths = Readonly<Record<'function' | 'outside' | 'below', number>>;

const HELPDESK = 'Helpdesk';
const CUSTOMERS = 'customers';
const WRITES = 'writes';

/** Room for the name and for two lines of figures. */
const FUNCTION_HEAD = 4 * STEP;
const HEAD = 3 * STEP;

export function cardOf({ id, kind, rows }: Shown, widths: Widths): Card {
  const width = kind === 'outside' ? widths.outside : widths.function;
  return { id, width, head: kind === 'function' ? FUNCTION_HEAD : HEAD, rows: rows.map((row) => row.id), foot: 0 };
}

export function liveRules({ rules }: Actor): Rule[] {
  return rules.filter(({ replayPurpose }) => replayPurpose === null);
}

/** A line for each fact would hide all others: nothing of a message waits for who only watches. */
const MOST_LINES = 6;

/** Whoever hears everything, or very much, and states nothing hangs below the bus. */
export function hangsBelow(actor: Actor): boolean {
  const live = liveRules(actor);
  const hearsMuch = live.every(({ isEverything, subscriptions }) => isEverything || subscriptions.length > MOST_LINES);
  return live.length > 0 && hearsMuch && actor.states.length === 0;
}

export function shownOf(choreography: Choreography): { readonly shown: Shown[]; readonly joined: Joined[] } {
  const actors = choreography.actors.filter((actor) => !hangsBelow(actor));
  const joined = [...webhooks(actors), ...services(actors), ...facts(choreography.flows, actors), ...writes(actors)];
  const isNamed = (producer: string, event: string): boolean =>
    joined.some(({ from, row }) => from === producer && row === event);
  const outside = [...new Set(joined.map(({ from }) => from))].filter((id) => !actors.some(({ name }) => name === id));
  return {
    shown: [
      ...outside.map((id): Shown => {
        const isHelpdesk = id === CUSTOMERS;
        const [row = ''] = joined.filter(({ from }) => from === id).map((link) => link.row);
        return {
          id,
          kind: 'outside',
          title: isHelpdesk ? HELPDESK : id,
          note: isHelpdesk ? 'customers' : 'of AWS itself',
          rows: [{ id: row, label: row, stated: null }],
        };
      }),
      ...actors.map(
        (actor): Shown => ({
          id: actor.name,
          kind: actor.kind,
          title: actor.name,
          note: actor.kind === 'tool' ? 'run by an operator' : '',
          rows: [
            // What somebody waits for comes first.
            ...actor.states
              .toSorted((one, other) => Number(isNamed(actor.name, other)) - Number(isNamed(actor.name, one)))
              .map((event) => ({
                id: event,
                label: event,
                stated: statedId(actor.name, event),
              })),
            ...(actor.writes.length > 0 ? [{ id: WRITES, label: '→ helpdesk', stated: null }] : []),
          ],
        }),
      ),
      ...(joined.some(({ to }) => to === HELPDESK)
        ? [{ id: HELPDESK, kind: 'outside' as const, title: HELPDESK, note: 'written to', rows: [] }]
        : []),
    ],
    joined,
  };
}

const outsideLink = (link: Link, rule: string | null = null): Joined => ({
  ...link,
  kind: 'outside',
  event: null,
  rule,
});

function webhooks(actors: readonly Actor[]): Joined[] {
  return actors
    .filter(({ isDoor }) => isDoor)
    .map(({ name }) =>
      outsideLink({ id: `webhook>${name}`, from: CUSTOMERS, row: 'webhook', to: name, port: 'webhook' }),
    );
}

/** What AWS itself says on the default bus. */
function services(actors: readonly Actor[]): Joined[] {
  return actors.flatMap(({ name: to, rules }) =>
    rules.flatMap(({ name: rule, services: from }) =>
      from.map((service) =>
        outsideLink({ id: `${service}>${rule}`, from: service, row: 'changes', to, port: rule }, rule),
      ),
    ),
  );
}

function facts(flows: Choreography['flows'], actors: readonly Actor[]): Joined[] {
  return flows.flatMap(({ id, event, from, to, rule }): Joined[] => {
    // What hangs below the bus hears there.
    if (to === null || rule === null || !actors.some(({ name }) => name === to)) return [];
    return [{ id, from, row: event, to, port: `${rule} ${event}`, kind: 'fact', event, rule }];
  });
}

function writes(actors: readonly Actor[]): Joined[] {
  return actors
    .filter((actor) => actor.writes.length > 0)
    .map(({ name }) => outsideLink({ id: `${name}>helpdesk`, from: name, row: WRITES, to: HELPDESK, port: name }));
}

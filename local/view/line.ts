/** One line of text for one path. */
import type { Outcome } from '../../events/words.ts';
import type { Path } from './paths.ts';

export type Paint = (colour: 'dim' | 'green' | 'cyan' | 'yellow' | 'red' | 'bold', text: string) => string;

const CODES = { dim: 2, bold: 1, green: 32, cyan: 36, yellow: 33, red: 31 } as const;

export const inColour: Paint = (colour, text) => `\u001b[${CODES[colour]}m${text}\u001b[0m`;
export const plain: Paint = (_, text) => text;

const COLOUR_OF: Readonly<Record<Outcome, 'green' | 'cyan' | 'yellow' | 'red'>> = {
  replied: 'green',
  routed: 'cyan',
  suppressed: 'yellow',
  failed: 'red',
};

/**
 * `09:30:12  #20431 livechat  received → classified → … → sent   replied 842 ms  Returns Admin  t_damaged_item_intake`, local
 * time. Cut to `columns` visible characters.
 *
 * @param ticket  number of the ticket, or where it is not known the whole id, as `npx frontdesk ticket` takes it
 */
export function lineOf(path: Path, ticket: string, paint: Paint, columns = Number.POSITIVE_INFINITY): string {
  const time = new Date(path.receivedAt).toTimeString().slice(0, 8);
  const facts = path.steps.filter((step) => step.fact !== 'MessageSettled').map((step) => step.label);
  const told: [Parameters<Paint>[0] | null, string][] = [
    ['dim', time],
    [null, `  ${ticket.padEnd(7)} ${path.channel.padEnd(8)} `],
    ['dim', facts.join(' → ')],
  ];
  if (path.outcome === null) told.push(['dim', ' …']);
  else {
    told.push([COLOUR_OF[path.outcome], `  ${path.outcome}`], ['dim', ` ${path.ms ?? 0} ms`]);
    if (path.team !== null) told.push([null, `  ${path.team}`]);
    if (path.template !== null) told.push(['dim', `  ${path.template}`]);
    if (path.wouldSend !== null) told.push([null, `  would reply ${path.wouldSend}`]);
    if (path.outcome === 'suppressed' && path.objections.length > 0)
      told.push(['dim', `  ${path.objections.join(', ')}`]);
  }
  let left = columns;
  return told
    .map(([colour, text]) => {
      const shown = text.slice(0, Math.max(0, left));
      left -= text.length;
      return colour === null || shown === '' ? shown : paint(colour, shown);
    })
    .join('');
}

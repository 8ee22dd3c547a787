/** Everything that the stage says to an operator: the console's page and stream, and the command line. */
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { frontdesk } from '../../../operate/instance/testing.ts';

export type Said = { readonly place: string; readonly text: string };

/** Listens from now on; `stop` answers all that came. */
export function listen({ consoleUrl, consoleToken }: ReadyObject): { stop(): Promise<Said> } {
  const end = new AbortController();
  let text = '';
  const heard = (async () => {
    const answer = await fetch(`${consoleUrl}/stream`, { headers: bearer(consoleToken), signal: end.signal });
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
  })().catch(() => undefined);
  return {
    async stop() {
      end.abort();
      await heard;
      return { place: 'console /stream', text };
    },
  };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export async function consoleAnswers({ consoleUrl, consoleToken }: ReadyObject): Promise<Said[]> {
  const said: Said[] = [];
  for (const path of ['/state', '/api/status', '/api/jobs', '/', '/nothing', '/healthz']) {
    const answer = await fetch(`${consoleUrl}${path}`, { headers: bearer(consoleToken) });
    const headers = [...answer.headers].map((header) => header.join(': ')).join('\n');
    said.push({ place: `console ${path}`, text: `${answer.status}\n${headers}\n${await answer.text()}` });
  }
  return said;
}

/**
 * Commands for people and for programs, with what they say on standard error. Not `say`: it writes as the customer, and shows
 * the reply as the customer gets it.
 *
 * @param tickets  conversation ids
 */
export async function commandAnswers(data: string, tickets: readonly string[], policyFile: string): Promise<Said[]> {
  const commands = [
    ['status'],
    ['doctor'],
    ['flags'],
    ['secret', 'status'],
    ['audit', 'verify'],
    ['flags', 'get', 'safe_mode'],
    ['archive', 'list'],
    ['dlq', 'list'],
    ['policy', 'show'],
    ['config', 'show'],
    ['templates', 'macros'],
    ['whatif', '--policy', policyFile],
    ['whatif', '--policy', policyFile, '--reread'],
    ['replay', 'start', '--purpose', 'recovery', '--from', '-2m', '--to', '-1m', '--yes', '--override'],
    ['ticket', 'nobody'],
    ...tickets.map((id) => ['ticket', id]),
    ...(await letterIds(data)).map((id) => ['dlq', 'show', id]),
  ];
  const said: Said[] = [];
  for (const command of commands)
    for (const form of [[], ['--json']]) {
      const ran = await frontdesk(data, ...form, ...command);
      said.push({ place: `frontdesk ${[...form, ...command].join(' ')}`, text: `${ran.out}\n${ran.err}` });
    }
  return said;
}

/** Of some letters of each queue. */
async function letterIds(data: string): Promise<string[]> {
  const { out } = await frontdesk(data, '--json', 'dlq', 'list');
  const rows = JSON.parse(out) as { readonly id: string; readonly queue: string }[];
  const byQueue = Map.groupBy(rows, ({ queue }) => queue);
  return [...byQueue.values()].flatMap((some) => some.slice(0, 2).map(({ id }) => id));
}

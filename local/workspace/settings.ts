/** Which real workspace is talked to, and with which key: from the environment, never from a file of ours. */
import { liveHttpTransport } from '../../functions/shared/helpdesk/live-http.ts';
import type { HttpTransport } from '../../functions/shared/helpdesk/transport.ts';

export type Workspace = {
  /** By which `config/tenant.yaml` knows it. */
  readonly origin: string;
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The agent's seat that is ours; `null` where none was named: then nothing is recognised as ours. */
  readonly seat: string | null;
  readonly isLoopback: boolean;
};
export type FoundWorkspace =
  | { readonly ok: true; readonly workspace: Workspace }
  | { readonly ok: false; readonly problem: string; readonly cure: string };

const VENDOR = 'https://api.richpanel.com';
/** What a header can hold. */
const KEY = /^[\x21-\x7e]{1,512}$/;
const SEAT = /^[\w\-:.@]{1,128}$/;

/** @param variables  `RICHPANEL_API_KEY`, `RICHPANEL_BASE_URL`, `RICHPANEL_BOT_AGENT_ID` */
export function workspaceFrom(variables: Readonly<Record<string, string | undefined>>): FoundWorkspace {
  const { RICHPANEL_API_KEY: apiKey = '', RICHPANEL_BASE_URL: url = '', RICHPANEL_BOT_AGENT_ID: seat = '' } = variables;
  if (apiKey.trim() === '')
    return no(
      'a real workspace needs a key',
      'make one in Richpanel under Settings, Integrations, API Keys, and set RICHPANEL_API_KEY',
    );
  if (!KEY.test(apiKey.trim())) return no('RICHPANEL_API_KEY holds what no key holds', 'copy the key once more');
  if (seat.trim() !== '' && !SEAT.test(seat.trim()))
    return no('RICHPANEL_BOT_AGENT_ID is no agent id', 'take the id of the bot’s seat, or unset it');
  const given = (url.trim() === '' ? VENDOR : url.trim()).replace(/\/+$/, '').replace(/\/v1$/, '');
  if (!isOrigin(given))
    return no(
      'RICHPANEL_BASE_URL is no address of Richpanel',
      `set it to ${VENDOR}, or unset it; http:// is taken for this machine only`,
    );
  const { origin, protocol } = new URL(given);
  return {
    ok: true,
    workspace: {
      origin,
      baseUrl: `${origin}/v1`,
      apiKey: apiKey.trim(),
      seat: seat.trim() === '' ? null : seat.trim(),
      isLoopback: protocol === 'http:',
    },
  };
}

export function transportTo({ baseUrl }: Pick<Workspace, 'baseUrl'>): HttpTransport {
  return liveHttpTransport(baseUrl);
}

/** The transport's own rule decides which hosts are spoken to. */
function isOrigin(url: string): boolean {
  try {
    liveHttpTransport(url);
    const { pathname, search, hash } = new URL(url);
    return `${pathname}${search}${hash}` === '/';
  } catch {
    return false;
  }
}

function no(problem: string, cure: string): FoundWorkspace {
  return { ok: false, problem, cure };
}

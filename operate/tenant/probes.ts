/** The test rules that answer V1–V5 and V10: what to paste into Richpanel, and what the deliveries then say. Pure. */
import { asRecord } from '../../functions/shared/helpdesk/shapes.ts';

export const PROBE_HEADER = 'x-richpanel-webhook-token';
/** Proves that a header arrives; opens nothing. */
export const PROBE_TOKEN = 'frontdesk-tenant-probe';
/** Set by hand on the ticket that the last probe must not speak of (platform, Appendix C). */
export const PROBE_TAG = 'mw-test';

export type ProbeName = 'tagging' | 'first' | 'second' | 'text' | 'untagged';
export type Probe = { readonly name: ProbeName; readonly rule: string; readonly body: string };

const body = (name: ProbeName, more = ''): string => `{"probe":"${name}","ticket_id":"{{ticket.id}}"${more}}`;

export const PROBES: readonly Probe[] = [
  {
    name: 'tagging',
    rule: 'a Tagging Rule, first of its list, "skip all subsequent rules" off',
    body: body('tagging', ',"message_id":"{{ticket.lastMessage.id}}"'),
  },
  { name: 'first', rule: 'an Assignment Rule, first of its list, "skip all subsequent rules" ON', body: body('first') },
  { name: 'second', rule: 'an Assignment Rule, right below that one', body: body('second') },
  {
    name: 'text',
    rule: 'a second Tagging Rule, "skip all subsequent rules" off',
    body: body('text', ',"text":"{{ticket.lastMessage.text}}"'),
  },
  {
    name: 'untagged',
    rule: `a third Tagging Rule with the condition "tags does not contain ${PROBE_TAG}"`,
    body: body('untagged'),
  },
];

/** What the test customer writes: everything that breaks a template which does not escape. */
export const HARD_TEXT = 'Frontdesk test "quoted" back\\slash {{ticket.id}} 🙂\nsecond line';

export type ProbeHeard = {
  readonly name: ProbeName;
  readonly at: number;
  readonly hasToken: boolean;
  /** `null` where the body was no JSON. */
  readonly fields: Readonly<Record<string, unknown>> | null;
};

/** `null` for anything that is no probe of ours. */
export function readProbe(delivery: {
  readonly at: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}): ProbeHeard | null {
  const marked = /"probe"\s*:\s*"([a-z]+)"/.exec(delivery.body)?.[1];
  const probe = PROBES.find(({ name }) => name === marked);
  if (probe === undefined) return null;
  return {
    name: probe.name,
    at: delivery.at,
    hasToken: delivery.headers[PROBE_HEADER] === PROBE_TOKEN,
    fields: parsed(delivery.body),
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}

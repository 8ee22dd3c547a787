/** Whoever rings our door, and how to give it another token. */
import type { AuthMethod } from '../../events/auth-methods.ts';
import { WEBHOOK_HEADER } from '../../local/platform/platform.ts';
import { Failure } from '../failure.ts';
import type { Instance } from '../instance/instance.ts';
import { setSenderToken } from '../instance/sandbox.ts';

export type Sender = {
  /** `true`: told directly, it answered; `false`: a person does it, and only a request proves it. */
  readonly isOurs: boolean;
  point(token: string): Promise<void>;
};

export function sandboxSender(instance: Instance): Sender {
  return { isOurs: true, point: (token) => setSenderToken(instance, token) };
}

const IN_TARGET = 'In Richpanel, open the HTTP Target that calls this webhook and put the first entry of active_tokens';
const IN_SIGNER =
  'In your signer, which calls this webhook, put the first entry of active_tokens in the place of the secret';

/** Where the sender keeps it (docs/webhooks.md). */
const PLACES: Readonly<Record<AuthMethod, string>> = {
  header_token: `${IN_TARGET} in the place of the value of its header ${WEBHOOK_HEADER}`,
  body_token: `${IN_TARGET} in the place of the value of "token" in its body`,
  url_token: `${IN_TARGET} in the place of what follows /webhook/ (or token=) in its URL`,
  hmac: `${IN_SIGNER} that keys its X-Signature, as it is`,
  standard_webhooks: `${IN_SIGNER} of Standard Webhooks, with whsec_`,
};

/** A real workspace: what calls the webhook is changed by hand (docs/operations.md). */
export function workspaceSender(
  auth: AuthMethod,
  secretName: string,
  tell: (line: string) => void,
  show: ((token: string) => void) | null,
) {
  return {
    isOurs: false,
    async point(token: string) {
      tell(`${PLACES[auth]}. Then let one message come in.`);
      if (show !== null) show(token);
      else tell(`The entry is in secret ${secretName}; or run this again with --show-token, in a terminal.`);
    },
  } satisfies Sender;
}

/** Prints where nothing but a person reads: on a terminal. */
export function showOnTerminal(): (token: string) => void {
  if (process.stderr.isTTY !== true)
    throw new Failure(
      'no_terminal',
      '--show-token shows the token on a terminal only, and this is none',
      'run it in a terminal, or read the secret with your own tools',
      2,
    );
  return (token) => void process.stderr.write(`\n  ${token}\n\n`);
}

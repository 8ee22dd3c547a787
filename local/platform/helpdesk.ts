/** The helpdesk that an instance works for: the sandbox, or a real workspace. The rest of the platform does not ask which. */

import type { TenantAnswers } from '../../config/tenant.ts';
import type { HelpdeskWrites } from '../../functions/shared/helpdesk/restrained.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Door } from '../webhook-proof.ts';

export type Helpdesk = {
  /** An origin: the API is below `/v1`. */
  readonly url: string;
  /** Of the ready object; never a real workspace's. */
  readonly shownKey: string;
  /** `null` where a real workspace is worked for. */
  readonly sandbox: Sandbox | null;
  readonly answers: TenantAnswers;
  readonly writes: HelpdeskWrites;
  ticketNumber(id: string): number | undefined;
  /** The door is open: lets messages come. @param door  as it is just now: a rotation changes the secret */
  connect(door: () => Door): void;
  /** Sends nothing more; resolves when what was being sent has arrived. */
  quieten(): Promise<void>;
  close(): Promise<void>;
};

/** What a stage may do to time, limits and configuration. Which module opens it is chosen by a condition of package.json's `imports`. */
import type { LoadedConfig } from '../../../config/load.ts';
import type { ClientOptions } from '../aws/live-client.ts';
import type { Settings } from '../container.ts';
import type { HttpTransport } from '../helpdesk/transport.ts';
import type { Clock, Limits } from '../ports.ts';
import type { Waits } from '../times.ts';

export type Stage = {
  readonly clock: Clock;
  readonly waits: Waits;
  /** How long a function may run that has `ms` by its settings. */
  readonly timeoutMs: (ms: number) => number;
  /** Seconds to ask SQS for, so that a message is back after `ms` of the clock. */
  readonly delaySeconds: (ms: number) => number;
  /** The budget that is in force, given the real one. */
  readonly budget: (limits: Limits) => Limits;
  /** What of the helpdesk's transport may be used. */
  readonly helpdesk: (transport: HttpTransport) => HttpTransport;
  readonly agesFrom: Settings['agesFrom'];
  /** What the AWS clients have otherwise than on AWS. */
  readonly awsClients: () => Partial<ClientOptions>;
  readonly config: () => Promise<LoadedConfig>;
  /** Where the model over the network answers; `null` where none is asked. */
  readonly modelUrl: string | null;
};

export type OpenStage = (env: Settings['env'], variables: Readonly<Record<string, string | undefined>>) => Stage;

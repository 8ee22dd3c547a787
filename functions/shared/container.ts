/** What a function is built from. Nothing is bound at import: the simulator makes and kills containers at will. */

import type { Config } from '../../config/schema.ts';
import type { FunctionName } from '../../events/words.ts';
import type { Policy } from '../../policy/policy.ts';
import type { TemplateLibrary } from '../../templates/library.ts';
import type { Digester } from './digests.ts';
import type { Flags } from './flags/flags.ts';
import type { Directory } from './helpdesk/richpanel-directory.ts';
import type {
  Bus,
  Cipher,
  Classifier,
  Clock,
  HelpdeskCloser,
  HelpdeskNoter,
  HelpdeskReader,
  HelpdeskSender,
  HelpdeskTagger,
  Ids,
  IntakeRule,
  Limits,
  Orders,
  Parameters,
  Queues,
  Records,
  Secrets,
  Store,
  Verifier,
} from './ports.ts';
import type { Telemetry } from './telemetry/doors.ts';
import type { Waits } from './times.ts';

export type Settings = {
  readonly functionName: FunctionName;
  readonly env: 'local' | 'dev' | 'staging' | 'prod';
  readonly release: string;
  readonly brandId: string;
  /** The function's own timeout; leases and in-function deadlines follow from it. */
  readonly timeoutMs: number;
  readonly configVersion: string;
  /** Share of messages whose way is traced, 0 to 1; the door decides for all. */
  readonly traceShare: number;
  /** Tenant answer V8: a closed ticket is proven to reopen (ruling 30: the sandbox's switches answer on one machine). */
  readonly reopenProven: boolean;
  /** Tenant answer V15: a comment that is not public stays among agents. */
  readonly notePrivate: boolean;
  /** Age guards use the older of receipt and the comment's own time; a run over dated messages reckons from receipt. */
  readonly agesFrom: 'older' | 'received';
};

/** What every function has. */
export type Base = Telemetry & {
  readonly settings: Settings;
  readonly clock: Clock;
  /** Of this stage, in milliseconds of the clock. */
  readonly waits: Waits;
  readonly ids: Ids;
  readonly store: Store;
  readonly bus: Bus;
  readonly queues: Queues;
  readonly flags: Flags;
  readonly config: Config;
  /** What this release decides by. */
  readonly policy: Policy;
};

/** What a function must ask for by name; permissions are derived from it. */
export type Capabilities = {
  readonly secrets: Secrets;
  readonly digests: () => Promise<Digester>;
  readonly cipher: Cipher;
  readonly helpdesk: HelpdeskReader;
  readonly directory: Pick<Directory, 'tickets'>;
  readonly tagger: HelpdeskTagger;
  readonly closer: HelpdeskCloser;
  readonly noter: HelpdeskNoter;
  readonly sender: HelpdeskSender;
  readonly orders: Orders;
  /** Those without a network. */
  readonly classifier: Classifier;
  readonly verifier: Verifier;
  /** Those that ask a model over the network; `null` where the stage asks none. */
  readonly modelClassifier: Classifier | null;
  readonly modelVerifier: Verifier | null;
  readonly limits: Limits;
  readonly templates: TemplateLibrary;
  readonly parameters: Parameters;
  readonly intakeRule: IntakeRule;
  readonly records: Records;
};
export type Capability = keyof Capabilities;
export type Container<K extends Capability = never> = Base & Pick<Capabilities, K>;

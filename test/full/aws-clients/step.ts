/** One line of the conversation that every client has with the endpoint: what is asked, what must come back. */
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import type { Shape } from './shape.ts';

export type Service = 'events' | 'sqs' | 'dynamodb' | 'ssm' | 'secretsmanager' | 'sts';
export type Input = Readonly<Record<string, unknown>>;
export type ClientKind = 'cli' | 'sdk';

/** What a client made of an answer: output as JSON (instants as text), or the name of the error it shows. */
export type Answer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: string; readonly detail: string };

export type Client = {
  readonly kind: ClientKind;
  /** E.g. `aws 2.9.19`. */
  readonly title: string;
  call(service: Service, operation: string, input: Input): Promise<Answer>;
  close(): void;
};

/** The CLI's exit code when a service refused, and when there was no answer it could read. */
export const REFUSED = 254;
export const NO_ANSWER = 255;

export type Step = {
  /** Says what is shown, e.g. `lists the rules of a bus`. */
  readonly does: string;
  readonly service: Service;
  /** As the API names it, e.g. `PutEvents`. */
  readonly operation: string;
  readonly input?: Input | (() => Input);
  /** Shape of the whole output, or the error's name (a pair where the query protocol names it otherwise). */
  readonly gives: Shape | { readonly error: string | Readonly<Record<ClientKind, string>> };
  /** Learns from the output, whether or not it is what was expected. */
  readonly learn?: (output: never) => void;
  /** Asked again until this holds, then judged; at most 60 s. */
  readonly until?: (output: never) => boolean;
};

/** What the steps are about: the running product and what happened there before them. */
export type World = {
  readonly ready: ReadyObject;
  /** Conversations that have settled. */
  readonly conversations: readonly string[];
};

/** `events('creates a bus', 'CreateEventBus', { Name: 'a' }, shape)`: makes a step of a service. */
const asking =
  (service: Service) =>
  (
    does: string,
    operation: string,
    input: NonNullable<Step['input']>,
    gives: Step['gives'],
    more: Pick<Step, 'learn' | 'until'> = {},
  ): Step => ({ does, service, operation, input, gives, ...more });

export const events = asking('events');
export const sqs = asking('sqs');
export const dynamodb = asking('dynamodb');
export const ssm = asking('ssm');
export const secretsmanager = asking('secretsmanager');
export const sts = asking('sts');

export const refused = (error: string | Readonly<Record<ClientKind, string>>) => ({ error });

/** What a function finds in its environment, read once per container. Holds names and addresses, never a secret. */

const ENVIRONMENTS = ['local', 'dev', 'staging', 'prod'] as const;

export type Environment = {
  readonly env: (typeof ENVIRONMENTS)[number];
  readonly release: string;
  readonly brandId: string;
  readonly richpanelBaseUrl: string;
  /** What `prod_writes_ack` must say; `null` where no acknowledgement is needed. */
  readonly writesPhrase: string | null;
  /** Lambda names an X-Ray daemon, and nobody has switched it off. */
  readonly isTraced: boolean;
  /** Share of messages whose way is traced, 0 to 1. */
  readonly traceShare: number;
  /** Origin of an OpenTelemetry collector; `null` where there is none. */
  readonly otlpEndpoint: string | null;
  /** Spans go to the log as well, where the machine that runs the function collects them. */
  readonly spanLines: boolean;
  /** Tenant answer V8; on one machine the sandbox's switch answers (architecture §10.30). Unanswered means no. */
  readonly reopenProven: boolean;
  /** Tenant answer V15, in the same way. */
  readonly notePrivate: boolean;
};

/** The vendor's own address. */
export const RICHPANEL_ORIGIN = 'https://api.richpanel.com';
/** What facts say where no deploy named the release; no release has this number. */
const UNNAMED_RELEASE = '0.0.0';
/** No parameter can hold it, so production without an agreed phrase stays closed. */
const UNSPEAKABLE = '\u0000';

/** Throws on an unknown stage: a container must not start on a guess. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const env = ENVIRONMENTS.find((candidate) => candidate === variables.FRONTDESK_ENV);
  if (env === undefined) throw new Error(`FRONTDESK_ENV must be one of ${ENVIRONMENTS.join(', ')}`);
  const richpanelBaseUrl = apiBase(variables.RICHPANEL_BASE_URL ?? RICHPANEL_ORIGIN);
  // The sandbox is on the developer's machine; in a deployed stage its address would be whatever listens there.
  if (env !== 'local' && new URL(richpanelBaseUrl).protocol !== 'https:')
    throw new Error('RICHPANEL_BASE_URL is https in a deployed stage');
  return {
    env,
    release: variables.FRONTDESK_RELEASE ?? UNNAMED_RELEASE,
    brandId: variables.FRONTDESK_BRAND ?? 'main',
    richpanelBaseUrl,
    writesPhrase: env === 'prod' ? (variables.FRONTDESK_WRITES_PHRASE ?? UNSPEAKABLE) : null,
    isTraced: variables.POWERTOOLS_TRACE_ENABLED !== 'false' && variables.AWS_XRAY_DAEMON_ADDRESS !== undefined,
    traceShare: shareOf(variables.FRONTDESK_TRACE_SAMPLE, env),
    otlpEndpoint: collectorAt(variables.OTEL_EXPORTER_OTLP_ENDPOINT, env),
    spanLines: variables.FRONTDESK_SPANS === 'stdout',
    reopenProven: variables.FRONTDESK_REOPEN_PROVEN === 'true',
    notePrivate: variables.FRONTDESK_NOTE_PRIVATE === 'true',
  };
}

/** Platform §6.6: all outside of production, a fifth there. */
function shareOf(text: string | undefined, env: Environment['env']): number {
  const usual = env === 'prod' ? 0.2 : 1;
  if (text === undefined || text === '') return usual;
  const share = Number(text);
  if (!(share >= 0 && share <= 1)) throw new Error('FRONTDESK_TRACE_SAMPLE must be a number from 0 to 1');
  return share;
}

/** Over a network spans travel encrypted; a collector beside the function listens on the machine itself. */
function collectorAt(text: string | undefined, env: Environment['env']): string | null {
  if (text === undefined || text === '') return null;
  if (!URL.canParse(text)) throw new Error('OTEL_EXPORTER_OTLP_ENDPOINT must be a URL');
  const { protocol, hostname } = new URL(text);
  const isNear = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && (isNear || env === 'local')))
    throw new Error('OTEL_EXPORTER_OTLP_ENDPOINT is https, or of this machine');
  return text;
}

/** The version belongs to the path, whether it was given or not (reference §1). */
export function apiBase(url: string): string {
  const trimmed = url.replace(/\/+$/, '');
  return trimmed.endsWith('/v1') ? trimmed : `${trimmed}/v1`;
}

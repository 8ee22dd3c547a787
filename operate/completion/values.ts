/** What may stand where the command line itself names no choices: closed lists of the release, by command and part. */
import { allKeys } from '../../config/explain.ts';
import { FLAG_KEYS, RULE_FLAG_NAMES, TEMPLATE_FLAG_NAMES } from '../../events/flags.ts';
import { CHANNELS, INTENTS, ROUTE_TAGS, TEMPLATE_IDS } from '../../events/words.ts';
import { LOG_EVENTS } from '../../functions/shared/telemetry/log-events.ts';
import { METRIC_NAMES } from '../../functions/shared/telemetry/metrics.ts';
import { topology } from '../../stacks/topology.ts';
import { DRILLS } from '../drill/drills.ts';
import { REPLY_CHANNELS } from '../flags/values.ts';

const FLAG_NAMES = [...FLAG_KEYS, ...TEMPLATE_FLAG_NAMES, ...RULE_FLAG_NAMES];
const TO_ONE_OF = [...TEMPLATE_IDS, ...REPLY_CHANNELS, ...INTENTS];

/** Keyed as the help writes them. A test finds every one of them in the program. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--target': ['local', 'aws'],
  'say --channel': CHANNELS.filter((channel) => channel !== 'unknown'),
  'logs --event': Object.keys(LOG_EVENTS),
  'metrics [name]': METRIC_NAMES,
  'flags get <name>': FLAG_NAMES,
  'flags set <name>': FLAG_NAMES,
  'flags set <value>': ['true', 'false'],
  'flags unset <name>': FLAG_NAMES,
  'stop --only': TO_ONE_OF,
  'resume --only': TO_ONE_OF,
  'replay start --rule': topology.rules.filter(({ name }) => !name.endsWith('-replay')).map(({ name }) => name),
  'quality label --team': ROUTE_TAGS.map((tag) => tag.slice('route-'.length)),
  'drill [name]': [...DRILLS.map(({ name }) => name), 'kill-switch'],
  'templates preview <id>': TEMPLATE_IDS,
  'config explain <key>': allKeys().map(({ key }) => key),
};

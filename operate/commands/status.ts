/** `status`: whether the instance is well, in one look. */

import type { Answer, Context } from '../context.ts';
import { FLAG_NAMES, requireFlag, valueInForce } from '../flags/values.ts';
import { type BytesByPart, bytesByPart, folderBytes } from '../health/disk.ts';
import { runningMode } from '../health/mode.ts';
import { needsAttention, type StandingAlarm } from '../health/standing-alarms.ts';
import { readVitalSigns } from '../health/vital-signs.ts';
import { type Instance, requireInstance, stageOf } from '../instance/instance.ts';
import { readOptions, readOutbox } from '../instance/sandbox.ts';
import { endpointTables } from '../instance/tables.ts';
import { localTime, type Zone } from '../instants.ts';
import { type NotWhole, notWhole } from '../recovery/whole.ts';
import { toned } from '../screen.ts';
import { businessZone } from '../shop.ts';
import { effectOf } from '../switches/levels.ts';
import { nameOf } from '../switches/pull.ts';
import type { CatchingUp, Stop } from '../switches/standing.ts';
import { bytesText, pairs } from '../table.ts';

export async function status(context: Context): Promise<Answer> {
  const instance = requireInstance(context);
  const tables = endpointTables(instance);
  try {
    const [{ stored, stops, catchingUp, inFlight, queues, deadLetters, breakers, alarms }, sandbox, ready] =
      await Promise.all([
        readVitalSigns(context, instance, tables),
        instance.sandbox ? readOptions(instance) : { isLimited: true, botAgentId: null },
        isReady(instance),
      ]);
    const textOf = (name: string): string | null => stored?.get(name)?.value ?? null;
    const ledger = stored === null ? null : notWhole(textOf);
    const value = {
      env: stageOf(instance),
      version: instance.version,
      healthy: ready && !needsAttention(alarms),
      mode: runningMode(textOf),
      flags: Object.fromEntries(FLAG_NAMES.map((name) => [name, valueInForce(requireFlag(name), textOf(name))])),
      classifier: instance.classifier ?? 'embedded',
      inFlight: inFlight.messages,
      oldestUnsettledS: inFlight.oldestSeconds,
      deadLetters,
      breakers,
      lastReplyAt: sandbox.botAgentId === null ? null : await lastReplyAt(instance, sandbox.botAgentId),
      alarms,
      limits: sandbox.isLimited ? 'vendor' : 'off',
      bytes: folderBytes(context.dataDir),
      stops,
      ...(catchingUp !== null && { catchingUp }),
      ...(ledger !== null && { ledger }),
      ...(instance.timeScale !== 1 && { timeScale: instance.timeScale }),
      ...(instance.bundled && { bundled: true }),
      ...(!instance.sandbox && { workspace: instance.richpanelUrl }),
      bytesByPart: bytesByPart(context.dataDir),
    };
    return { value, text: statusText(value, queues, context) };
  } finally {
    await tables.close();
  }
}

async function isReady({ consoleUrl }: Instance): Promise<boolean> {
  const answer = await fetch(new URL('/healthz', consoleUrl), { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  const body: { ready?: unknown } = Object(await answer?.json().catch(() => null));
  return answer?.ok === true && body.ready === true;
}

/** Of a message of ours that a customer really received. */
async function lastReplyAt(instance: Instance, seat: string): Promise<string | null> {
  const outbox = await readOutbox(instance);
  return outbox.findLast(({ authorId }) => authorId === seat)?.at ?? null;
}

export type Status = {
  readonly env: string;
  /** `null` where it is not known, as of a deployed stage. */
  readonly version: string | null;
  readonly healthy: boolean;
  readonly mode: string;
  readonly classifier: string;
  readonly inFlight: number;
  readonly oldestUnsettledS: number;
  readonly deadLetters: number;
  readonly breakers: Readonly<Record<string, string>>;
  readonly lastReplyAt: string | null;
  readonly alarms: readonly StandingAlarm[];
  readonly limits: string;
  /** `null` of a deployed stage, and so the parts. */
  readonly bytes: number | null;
  /** Strongest first. */
  readonly stops: readonly Stop[];
  /** Absent while `catch_up_mode` is off. */
  readonly catchingUp?: CatchingUp;
  /** Absent while it is known to be whole, and where flags cannot be read. */
  readonly ledger?: NotWhole;
  /** Absent while waits are as long as they are. */
  readonly timeScale?: number;
  /** Absent while the functions run from their sources. */
  readonly bundled?: boolean;
  /** Absent while the sandbox runs. */
  readonly workspace?: string;
  readonly bytesByPart: BytesByPart | null;
};

export function statusText(
  value: Status,
  queues: Readonly<Record<string, number>>,
  { variables }: Pick<Context, 'variables'>,
): string {
  const zone = businessZone(variables);
  const age = value.inFlight === 0 ? '' : `, the oldest for ${value.oldestUnsettledS} s`;
  const dead = Object.entries(queues).map(([queue, messages]) => `${queue} ${messages}`);
  const breakers = Object.entries(value.breakers).map(([vendor, state]) => `${vendor} ${state}`);
  return pairs([
    ['health', healthText(value)],
    ['stage', value.version === null ? value.env : `${value.env}, version ${value.version}`],
    ['mode', value.mode],
    ...(value.workspace === undefined ? [] : [['workspace', value.workspace] as const]),
    ...stopRows(value.stops, zone),
    ...(value.catchingUp === undefined ? [] : [catchingUpRow(value.catchingUp, zone)]),
    ...(value.ledger === undefined ? [] : [ledgerRow(value.ledger)]),
    ['classifier', value.classifier],
    ['under way', `${value.inFlight}${age}`],
    ['dead letters', value.deadLetters === 0 ? 0 : dead.join(', ')],
    ['breakers', breakers.length === 0 ? 'none has opened' : breakers.join(', ')],
    ['last reply', value.lastReplyAt === null ? 'none yet' : `${localTime(value.lastReplyAt, zone)} ${zone.name}`],
    ...alarmRows(value.alarms, zone),
    ['limits', value.limits],
    ...(value.bytes === null ? [] : [['disk', bytesText(value.bytes)] as const]),
    ...(value.bundled === undefined ? [] : [['functions', 'bundled'] as const]),
    ...(value.timeScale === undefined ? [] : [['time scale', value.timeScale] as const]),
    ...partRows(value.bytesByPart),
  ]);
}

/** Nothing may be wrong and nobody be answered all the same: the strongest stop stands beside it. */
function healthText({ healthy, stops, catchingUp }: Pick<Status, 'healthy' | 'stops' | 'catchingUp'>): string {
  const health = healthy ? toned('well', 'good') : toned('needs attention', 'bad');
  const strongest = stops.find(({ only }) => only === null);
  if (strongest === undefined) return catchingUp === undefined ? health : `${health}, catching up: nobody is answered`;
  return `${health}, stopped at level ${strongest.level}: ${effectOf(strongest.level)}`;
}

function stopRows(stops: readonly Stop[], zone: Zone): [string, string][] {
  return stops.map((stop) => ['stopped', nameOf(stop) + sinceText(stop, zone)]);
}

/** A replay that is over, or lost, has it switched off by being cancelled once more. */
function catchingUpRow(catchingUp: CatchingUp, zone: Zone): [string, string] {
  const replay = /^replay (\S+) begins$/.exec(catchingUp.reason ?? '')?.[1];
  const undo =
    replay === undefined
      ? 'undo with `npx frontdesk flags set catch_up_mode false --reason "…"`'
      : `off at the end of the replay: see \`npx frontdesk replay status ${replay}\`; \`replay resume\` or \`replay cancel\` ends it`;
  return ['catching up', `catch_up_mode${sinceText(catchingUp, zone)}; nobody is answered; ${undo}`];
}

function ledgerRow({ generation, whole }: NotWhole): [string, string] {
  const known = whole === null ? 'ledger_whole is not set' : `ledger_whole is ${whole}`;
  return [
    'ledger',
    `generation ${generation} is not known to be whole (${known}), so the reconciler is off; see docs/recovery.md`,
  ];
}

function sinceText({ since, by, reason }: CatchingUp, zone: Zone): string {
  const when = since === null ? '' : `, since ${localTime(since, zone)} ${zone.name}`;
  return by === null ? when : `${when} by ${by}: ${reason}`;
}

function alarmRows(alarms: readonly StandingAlarm[], zone: Zone): [string, string][] {
  if (alarms.length === 0) return [['alarms', 'none']];
  return alarms.map(({ id, severity, signal, since, runbook }, index) => {
    const when = since === null ? '' : `, since ${localTime(since, zone)} ${zone.name}`;
    return [index === 0 ? 'alarms' : '', `${id} (${severity}) ${signal}${when}; see ${runbook}`];
  });
}

function partRows(parts: BytesByPart | null): [string, string][] {
  if (parts === null) return [];
  const { tables, archives, queues, sandbox, logs, freePages, other } = parts;
  return [
    ...Object.entries(tables).map(([name, bytes]): [string, number] => [`  table ${name}`, bytes]),
    ...Object.entries(archives).map(([name, bytes]): [string, number] => [`  archive ${name}`, bytes]),
    ...Object.entries({ queues, sandbox, logs, 'free pages': freePages, other }).map(
      ([name, bytes]): [string, number] => [`  ${name}`, bytes],
    ),
  ].map(([name, bytes]) => [name, bytesText(bytes)]);
}

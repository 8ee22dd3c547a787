/** Every way in which flags can fail to be read, and what is then in force (platform §1.5, §4.10). */
import { describe, expect, it } from 'vitest';
import { FLAG_KEYS, FLAGS, RULE_FLAG_NAMES, TEMPLATE_FLAG_NAMES, UNSET } from '../../../events/flags.ts';
import { VendorError } from '../errors.ts';
import { memoryParameters } from '../parameters/memory.ts';
import type { Parameters } from '../ports.ts';
import { restrict } from '../restricted.ts';
import { memoryTelemetry } from '../telemetry/memory.ts';
import { openFlags, testClock } from '../testing.ts';
import { type FlagSnapshot, flagsFrom } from './flags.ts';

const CACHE_MS = 30_000;

function reading(parameters: Parameters) {
  const clock = testClock();
  const telemetry = memoryTelemetry('responder-reply');
  return {
    clock,
    telemetry,
    flags: flagsFrom(parameters, clock, telemetry, { cacheMs: CACHE_MS, writesPhrase: null }),
  };
}

const over = (values: Map<string, string>) => reading(memoryParameters(values)).flags.read(true);
const without = (name: string) => new Map([...openFlags()].filter(([key]) => key !== name));

/** Whether anything at all could be sent, as the gates G27 to G31 and the epoch guard read it. */
function maySend({ values, allows, rulesOn }: FlagSnapshot): boolean {
  const isOpen = values.automation_enabled && values.outbound_enabled && rulesOn && values.reply_epoch !== null;
  const isShut = values.safe_mode || values.shadow_mode || values.richpanel_read_only;
  return (
    isOpen &&
    !isShut &&
    values.channels.length > 0 &&
    values.templates_enabled.length > 0 &&
    allows(restrict('a@b.test'))
  );
}

/** One of these alone stops every reply. */
const EACH_STOPS = [
  'safe_mode',
  'shadow_mode',
  'automation_enabled',
  'automation_enabled_channels',
  'outbound_enabled',
  'richpanel_read_only',
  'outbound_allowlist',
  'reply_epoch',
];
const GARBAGE = ['TRUE', ' true', 'yes', '1', 'null', '{"on":true}', '\u0000', 'tru'];

describe('a flag that is', () => {
  it('as the operators set it lets replies through', async () => expect(maySend(await over(openFlags()))).toBe(true));

  it.each(EACH_STOPS)('missing stops: %s', async (name) => expect(maySend(await over(without(name)))).toBe(false));

  it.each(EACH_STOPS)('garbage stops: %s', async (name) => {
    for (const text of GARBAGE) expect(maySend(await over(openFlags().set(name, text)))).toBe(false);
  });

  it.each(TEMPLATE_FLAG_NAMES.slice(0, 3))('missing or garbage stops one template, and no other: %s', async (name) => {
    const all = (await over(openFlags())).values.templates_enabled;
    for (const values of [without(name), ...GARBAGE.map((text) => openFlags().set(name, text))]) {
      const on = (await over(values)).values.templates_enabled;
      expect(all.filter((id) => !on.includes(id)).map((id) => `template_enabled/${id}`)).toEqual([name]);
    }
  });

  it.each(RULE_FLAG_NAMES)('off or garbage stops what was on its way to a rule: %s', async (name) => {
    for (const text of ['false', ...GARBAGE]) expect(maySend(await over(openFlags().set(name, text)))).toBe(false);
    // The rule itself was never touched.
    expect(maySend(await over(openFlags().set(name, 'true')))).toBe(true);
  });
});

describe('parameters that', () => {
  const failures = [
    ['cannot be reached', new VendorError('ssm', 'network')],
    ['are denied', new VendorError('ssm', 'auth', { status: 400 })],
    ['answer nonsense', new TypeError('undefined is not iterable')],
  ] as const;

  it.each(failures)('%s stop everything, fresh or not', async (_what, error) => {
    const { flags, telemetry } = reading({ read: () => Promise.reject(error) });
    for (const isFresh of [false, true]) {
      const read = await flags.read(isFresh);
      expect([read.readable, read.rulesOn, maySend(read)]).toEqual([false, false, false]);
      for (const key of FLAG_KEYS)
        if (FLAGS[key].kind === 'boolean' && key in read.values)
          expect([key, Reflect.get(read.values, key)]).toEqual([key, FLAGS[key].safe === 'true']);
    }
    expect(telemetry.counts.get('flags.read_failed_total')).toBe(2);
  });

  it('fail after they let replies through stop them at the next reading, and at once before a send', async () => {
    const values = openFlags();
    let isDown = false;
    const working = memoryParameters(values);
    const { flags, clock } = reading({
      read: (names) => (isDown ? Promise.reject(new VendorError('ssm', 'network')) : working.read(names)),
    });
    expect(maySend(await flags.read())).toBe(true);
    isDown = true;
    expect(maySend(await flags.read(true))).toBe(false);
    clock.advance(CACHE_MS);
    expect(maySend(await flags.read())).toBe(false);
  });
});

it('a change takes effect within the cache, and at once for a fresh reading', async () => {
  const values = openFlags();
  const { flags, clock } = reading(memoryParameters(values));
  expect(maySend(await flags.read())).toBe(true);
  values.set('automation_enabled', 'false');
  clock.advance(CACHE_MS - 1);
  expect(maySend(await flags.read())).toBe(true);
  clock.advance(1);
  expect(maySend(await flags.read())).toBe(false);
  values.set('automation_enabled', 'true');
  expect(maySend(await flags.read(true))).toBe(true);
});

describe('the acknowledgement of writes in prod (platform §1.5)', () => {
  const acknowledged = async (writesPhrase: string | null, text: string | null): Promise<boolean> => {
    const values = text === null ? new Map<string, string>() : new Map([['prod_writes_ack', text]]);
    const options = { cacheMs: CACHE_MS, writesPhrase };
    const flags = flagsFrom(memoryParameters(values), testClock(), memoryTelemetry('responder-reply'), options);
    return (await flags.read(true)).values.writes_acknowledged;
  };

  it.each([
    { when: 'no phrase is agreed on, as outside prod', phrase: null, text: null, is: true },
    { when: 'it is the agreed phrase', phrase: 'both of us', text: 'both of us', is: true },
    { when: 'it is another', phrase: 'both of us', text: 'Both of us', is: false },
    { when: 'it is missing', phrase: 'both of us', text: null, is: false },
    { when: 'it was withdrawn', phrase: 'both of us', text: UNSET, is: false },
    { when: 'it was withdrawn, and that is the phrase', phrase: UNSET, text: UNSET, is: false },
  ])('$when: $is', async ({ phrase, text, is }) => expect(await acknowledged(phrase, text)).toBe(is));
});

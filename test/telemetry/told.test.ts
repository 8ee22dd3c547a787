/** What is declared is told by somebody: a name that nothing says would promise a line, a number or a span that never comes. */
import { describe, expect, it } from 'vitest';
import { LOG_EVENTS } from '../../functions/shared/telemetry/log-events.ts';
import { METRIC_NAMES, METRICS } from '../../functions/shared/telemetry/metrics.ts';
import { SPAN_NAMES } from '../../functions/shared/telemetry/spans.ts';
import { UNTOLD_METRICS } from '../../functions/shared/telemetry/words.ts';
import { simulate } from '../simulation/run.ts';
import {
  atTheDoor,
  callsOfOpenAi,
  callsOfRichpanel,
  changedFlags,
  reconciled,
  sealedHours,
  someConversations,
  twoClassifiers,
  whatGoesWrong,
  whatTheAuditorHears,
} from './scenes.ts';
import { gather } from './told.ts';

const LONG_MS = 120_000;

/** Told by the live adapter itself, of what the compiler could not stop: functions/shared/telemetry/live-powertools.test.ts. */
const ELSEWHERE: readonly string[] = ['logging.dropped_keys_total'];

describe('the functions', () => {
  it(
    'tell every log event, metric and span that is declared, and no other',
    async () => {
      const { world } = await simulate({ seed: 'told', conversations: 40, faults: 'all' });
      const scenes = await Promise.all([
        someConversations(),
        atTheDoor(),
        changedFlags(),
        whatTheAuditorHears(),
        sealedHours(),
        reconciled(),
        callsOfRichpanel(),
        callsOfOpenAi(),
        whatGoesWrong(),
        twoClassifiers(),
      ]);
      const told = gather([world.told, ...scenes.flat()]);
      expect([...told.lines].sort()).toEqual(Object.keys(LOG_EVENTS).sort());
      expect([...told.metrics, ...ELSEWHERE].sort()).toEqual([...METRIC_NAMES].sort());
      expect([...told.spans].sort()).toEqual([...SPAN_NAMES].sort());
    },
    LONG_MS,
  );
});

describe('the declarations', () => {
  it('have a unit that the end of the name says', () => {
    const wrong = METRIC_NAMES.filter((name) => {
      const { unit } = METRICS[name];
      const said = name.endsWith('_ms') ? 'Milliseconds' : name.endsWith('_s') ? 'Seconds' : unit;
      return said !== unit;
    });
    expect(wrong).toEqual([]);
  });

  it('name what nobody tells apart from what is told', () => {
    expect(Object.keys(UNTOLD_METRICS).filter((name) => Object.hasOwn(METRICS, name))).toEqual([]);
  });
});

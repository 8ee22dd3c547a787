import type { Control } from '../control.ts';

/** T19: the kill switch fails. T21: an insider changes what he may. LLM03: code disposes, through one door. */
export const SWITCHES_CONTROLS: readonly Control[] = [
  {
    id: 'fresh-flags-at-the-door',
    threats: ['T19', 'LLM03'],
    control: 'The sender reads every stop flag fresh, after its claim and as the last thing before the send.',
    test: 'test/behaviour/stopped/stopped.test.ts',
    removal: [
      {
        file: 'functions/responder/reply/door.ts',
        before: 'context.container.flags.read(true)',
        after: 'context.container.flags.read()',
      },
    ],
  },
  {
    id: 'stop-waits-for-claims',
    threats: ['T19'],
    control: '`stop` returns only when every reply that was claimed before has its outcome.',
    test: 'test/behaviour/stopped/stopped.test.ts',
    removal: [
      { file: 'operate/switches/pull.ts', before: '    await untilOutcomes(levers, one, until);\n', after: '' },
    ],
  },
  {
    id: 'severed-door',
    threats: ['T19'],
    control: 'What the bus had handed over when its rule was switched off is not sent.',
    test: 'test/behaviour/stopped/stopped.test.ts',
    removal: [{ file: 'functions/responder/reply/judge.ts', before: ' && flags.rulesOn', after: '' }],
  },
  {
    id: 'unreadable-flags-close',
    threats: ['T19'],
    control: 'Flags that cannot be read are their safe values, whatever was read before.',
    test: 'functions/shared/flags/flags.test.ts',
    removal: [
      {
        file: 'functions/shared/flags/flags.ts',
        before: 'return interpret({}, options.writesPhrase, false);',
        after: 'return cached?.snapshot ?? interpret({}, options.writesPhrase, false);',
      },
    ],
  },
  {
    id: 'garbage-flags-close',
    threats: ['T19'],
    control: 'A flag that holds anything but its exact words is its safe value.',
    test: 'functions/shared/flags/flags.test.ts',
    removal: [
      {
        file: 'functions/shared/flags/flags.ts',
        before: "if (value === 'true') return true;",
        after: "if (value?.trim().toLowerCase() === 'true') return true;",
      },
    ],
  },
  {
    id: 'sweeper-holds-still',
    threats: ['T19'],
    control: 'While processing is stopped the sweeper states no message again that nobody has taken up.',
    test: 'functions/sweeper/intake.test.ts',
    removal: [
      {
        file: 'functions/sweeper/intake.ts',
        before: 'return !(await intakeRule.isEnabled());',
        after: 'await intakeRule.isEnabled();\n    return false;',
      },
    ],
  },
  {
    id: 'lost-race-refused',
    threats: ['T21', 'T19'],
    control:
      'A flag is written on its version: who lost a race is refused with who and when, and undoes nobody’s change.',
    test: 'operate/flags/parameters.test.ts',
    removal: [
      {
        file: 'operate/flags/parameters.ts',
        before: '      if (version !== basedOn + 1) throw await overwritten(name, about, version);\n',
        after: '',
      },
    ],
  },
  {
    id: 'resume-undoes-no-newer-stop',
    threats: ['T21', 'T19'],
    control:
      '`resume` writes on the version it read before its checks: a stop set meanwhile stands, and it says whose.',
    test: 'operate/switches/release.test.ts',
    removal: [
      {
        file: 'operate/switches/release.ts',
        before: '  const seen = await flags.read(one.parameter);\n  if (decidedOn',
        after: '  await check();\n  const seen = await flags.read(one.parameter);\n  if (decidedOn',
      },
      {
        file: 'operate/switches/release.ts',
        before: '  await check();\n  const basedOn',
        after: '  const basedOn',
      },
    ],
  },
  {
    id: 'resume-rests-on-what-was-seen',
    threats: ['T21', 'T19'],
    control: 'A resume that was decided on a former stop, as a page shows one, does not take back the one that stands.',
    test: 'operate/switches/release.test.ts',
    removal: [
      {
        file: 'operate/switches/release.ts',
        before:
          '  if (decidedOn !== null && (seen?.version ?? 0) !== decidedOn) throw await flags.conflict(one.parameter);\n',
        after: '',
      },
    ],
  },
  {
    id: 'flag-history-names-operator',
    threats: ['T21'],
    control: 'Every change of a flag keeps who made it and why, in the same write.',
    test: 'operate/flags/parameters.test.ts',
    removal: [
      { file: 'operate/flags/parameters.ts', before: '          Description: JSON.stringify(note),\n', after: '' },
    ],
  },
  {
    id: 'resume-exit-criteria',
    threats: ['T19', 'T21'],
    control:
      'Nothing is resumed while messages wait, vendors fail or dead letters lie there, unless somebody says why.',
    test: 'operate/switches/criteria.test.ts',
    removal: [
      {
        file: 'operate/switches/criteria.ts',
        before: 'isMet: deadLetters === 0,',
        after: 'isMet: deadLetters < 1_000_000,',
      },
    ],
  },
];

import type { Control } from '../control.ts';

const ROTATE = 'operate/secret/rotate.ts';
const WALK = 'operate/secret/rotate.test.ts';

export const ROTATION_CONTROLS: readonly Control[] = [
  {
    id: 'rotation-waits-before-it-points',
    threats: ['T10', 'T1'],
    control: 'The sender gets a new webhook token only when no container can know the secret without it.',
    test: WALK,
    removal: [
      {
        file: ROTATE,
        before: '    await pause(rotating, times.cacheMs);\n  }',
        after: '  }',
      },
    ],
  },
  {
    id: 'rotation-removes-what-is-unused',
    threats: ['T10'],
    control: 'A former token is removed only after nobody has used it for the whole watch.',
    test: WALK,
    removal: [{ file: 'operate/secret/watch.ts', before: 'watchedMs : quietMs)', after: 'watchedMs : watchMs)' }],
  },
  {
    id: 'rotation-outlasts-a-thief',
    threats: ['T1', 'T10'],
    control: 'In an emergency the former token goes after the watch although somebody uses it to the end.',
    test: WALK,
    removal: [{ file: 'operate/secret/watch.ts', before: '(isEmergency ? watchedMs : quietMs)', after: 'quietMs' }],
  },
  {
    id: 'rotation-despite-flags-down',
    threats: ['T1', 'T10'],
    control: 'A leaked token is rotated also when safe mode cannot be set.',
    test: 'operate/secret/safe-mode.test.ts',
    removal: [
      {
        file: 'operate/secret/safe-mode.ts',
        before: '    const { message } = failureOf(error);',
        after: '    if (NOT_SAFE) throw error;\n    const { message } = failureOf(error);',
      },
    ],
  },
  {
    id: 'rotation-ends-when-old-is-refused',
    threats: ['T1', 'T10'],
    control: 'A rotation is over only when no container accepts the former token any more.',
    test: WALK,
    removal: [
      {
        file: ROTATE,
        before: '  await pause(rotating, times.cacheMs, GO_ON);\n  return finish',
        after: '  return finish',
      },
    ],
  },
  {
    id: 'rotation-drops-the-former-token',
    threats: ['T1', 'T10'],
    control: 'What is left of the active tokens after a rotation is the new one alone.',
    test: WALK,
    removal: [{ file: 'operate/secret/webhook-secret.ts', before: 'others.slice(0, keep - 1)', after: 'others' }],
  },
  {
    id: 'rotation-refused-when-unhealthy',
    threats: ['T10'],
    control: 'No rotation begins while an alarm is on, messages wait or dead letters lie.',
    test: WALK,
    removal: [
      { file: ROTATE, before: '  if (rotating.isEmergency) return', after: '  if (objections.length > 0) return' },
    ],
  },
  {
    id: 'secret-compare-and-set',
    threats: ['T10'],
    control: 'A secret is replaced only from the version that the change was decided on.',
    test: 'operate/secret/stored-secret.test.ts',
    removal: [
      { file: 'operate/secret/stored-secret.ts', before: 'VersionStages: [NEXT]', after: 'VersionStages: [CURRENT]' },
    ],
  },
  {
    id: 'rotation-one-at-a-time',
    threats: ['T10'],
    control: 'A second operator is refused with who rotates and since when.',
    test: WALK,
    removal: [
      {
        file: 'operate/secret/driver.ts',
        before: ", any(absent('leaseUntil'), lt('leaseUntil', now)));",
        after: ');',
      },
    ],
  },
  {
    id: 'token-of-32-random-bytes',
    threats: ['T1'],
    control: 'Webhook tokens are made of 32 random bytes.',
    test: 'operate/secret/parts.test.ts',
    removal: [{ file: 'local/webhook-proof.ts', before: 'randomBytes(32)', after: 'randomBytes(16)' }],
  },
  {
    id: 'token-shown-on-terminals-only',
    threats: ['T10'],
    control: 'A token is shown on request and on a terminal only: not in JSON, not in a pipe, not in progress.',
    test: 'operate/secret/command.test.ts',
    removal: [
      {
        file: 'operate/secret/sender.ts',
        before: 'if (process.stderr.isTTY !== true)',
        after: 'if (process.stderr.fd < 0)',
      },
    ],
  },
  {
    id: 'secret-status-without-values',
    threats: ['T10'],
    control: 'The overview of secrets lists names, ages and uses, never a value.',
    test: 'operate/secret/command.test.ts',
    removal: [
      {
        file: 'operate/commands/secret-status.ts',
        before: 'slots: uses.map((at, slot) => ({ slot, ',
        after: 'slots: uses.map((at, slot) => ({ slot, token: tokens[slot], ',
      },
    ],
  },
];

import { describe, expect, it } from 'vitest';
import { primaryClassifier } from './primary.ts';

describe('who decides (architecture §6, decisions §3.8)', () => {
  it.each([
    // On one machine the model decides only where it was asked for, and the switch is on.
    ['local', false, false, false, 'builtIn', true],
    ['local', false, true, false, 'builtIn', true],
    ['local', true, false, false, 'builtIn', true],
    ['local', true, true, false, 'model', true],
    // Zero spend in a deployed stage routes only (scenario 13).
    ['prod', true, false, false, 'builtIn', false],
    ['staging', true, false, true, 'builtIn', true],
    ['prod', true, true, false, 'model', true],
    ['dev', true, true, true, 'model', true],
    ['prod', false, true, false, 'builtIn', false],
  ] as const)('%s, model %s, openai_enabled %s, embedded_replies_enabled %s: %s, may reply %s', (...row) => {
    const [stage, hasModel, openai_enabled, embedded_replies_enabled, classifier, mayReply] = row;
    expect(primaryClassifier(stage, hasModel, { openai_enabled, embedded_replies_enabled })).toEqual({
      classifier,
      mayReply,
    });
  });
});

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Version } from '../events/fields.ts';
import { decide } from './decide.ts';
import { decisionInput, requested } from './testing.ts';
import { openAiVersion } from './versions.ts';

const replies = (model: string) =>
  decide(
    decisionInput({
      classifier: { kind: 'openai', requested: requested(), raw: {}, calibrated: { damaged_item: 0.9 } },
      versions: { classifier: openAiVersion(model) },
    }),
  ).action === 'SEND_TEMPLATE';

describe('thresholds are pinned to the model and prompt they were fitted on (decisions §5.5)', () => {
  it.each([
    ['gpt-5-mini', true],
    ['gpt-5-mini-2025-08-07', true],
    ['gpt-5-nano', false],
    ['gpt-5-mini-2025', false],
    ['x-gpt-5-mini-2025-08-07', false],
    ['gpt-5-mini-2025-08-07-b', false],
  ])('%s: may reply %s', (model, may) => {
    expect(v.is(Version, openAiVersion(model))).toBe(true);
    expect(replies(model)).toBe(may);
  });
});

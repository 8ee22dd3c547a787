/** `whatif` over data folders, without a running instance: what other terms change, what they cannot tell, and what is refused. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SHIPPED_FILE } from '../../config/shipped.testing.ts';
import { GATE_IDS } from '../../events/decision.ts';
import { decide } from '../../policy/decide.ts';
import { randomFrom, randomInput } from '../../policy/random-input.testing.ts';
import { decisionInput, orderInWindow, scored, verifierInput } from '../../policy/testing.ts';
import { changedByRoute } from '../../test/full/whatif/changed.ts';
import { runCommandLine } from '../command-line.ts';
import { made, type Told, trailFolder } from './testing.ts';

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderOf(decisions: Iterable<Told>): string {
  const folder = trailFolder(decisions);
  folders.push(folder);
  return folder.data;
}

async function run(data: string, ...args: readonly string[]) {
  let out = '';
  let err = '';
  const code = await runCommandLine(['--data', data, ...args], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    variables: { FRONTDESK_CONFIG: SHIPPED_FILE },
  });
  return { code, out, err };
}

async function whatif(data: string, policy: unknown, ...more: readonly string[]) {
  const file = join(data, 'policy.json');
  writeFileSync(file, typeof policy === 'string' ? policy : JSON.stringify(policy));
  const { code, out } = await run(data, '--json', 'whatif', '--policy', file, ...more);
  return { code, value: JSON.parse(out) };
}

const told = (input: ReturnType<typeof decisionInput>, messageKey: string, conversationId = 'conv_1'): Told => ({
  ...made(input),
  messageKey,
  conversationId,
});
const intake = (score: number, messageKey: string) => told(decisionInput(scored({ damaged_item: score })), messageKey);

const drawn = (count: number): Told[] => {
  const random = randomFrom(3);
  return Array.from({ length: count }, (_, at) => told(randomInput(random), `cmt_${at}`, `conv_${at % 50}`));
};

describe('the same policy', () => {
  it('decides everything the same, whether the file is empty or all that policy show prints', async () => {
    const data = folderOf(drawn(400));
    const { out } = await run(data, '--json', 'policy', 'show');
    for (const policy of ['', '# nothing\n', {}, out]) {
      const { code, value } = await whatif(data, policy);
      expect(code).toBe(0);
      expect(value).toMatchObject({ decisions: 400, same: 400, different: 0, undecidable: 0, differences: [] });
    }
  });

  it('counts a message that was read twice by the reading that led to a reply', async () => {
    const later = '2025-12-04T16:30:00.000Z';
    const off = decisionInput({ ...scored({ damaged_item: 0.9 }), now: later, flags: { automation_enabled: false } });
    const asked = decisionInput({ ...scored({ damaged_item: 0.9 }), stage: 'approval' });
    const decisions = [intake(0.9, 'cmt_1'), told(asked, 'cmt_1'), told(off, 'cmt_1')];
    expect(decisions.map(({ decision }) => decision.tierCandidate)).toEqual([1, 1, null]);
    const { value } = await whatif(folderOf(decisions), {});
    expect(value).toMatchObject({ messages: 1, decisions: 3, same: 3, replies: { before: 1, after: 1 } });
  });

  it('compares with the stored decision and never decides on it: one that was altered is found, with exit code 1', async () => {
    const honest = intake(0.9, 'cmt_1');
    const altered = { ...honest, decision: { ...honest.decision, team: 'Sales Team' as const } };
    const { code, value } = await whatif(folderOf([altered]), {});
    expect(code).toBe(1);
    expect(value.differences).toMatchObject([
      { messageKey: 'cmt_1', before: { team: 'Sales Team' }, after: honest.decision },
    ]);
  });
});

describe('another policy', () => {
  it('changes exactly the decisions that a separate script finds', async () => {
    const decisions = drawn(1500);
    const facts = decisions.map(({ decision, messageKey }) => ({ decision, messageKey }));
    const { value } = await whatif(folderOf(decisions), { thresholds: { route: 0.61 } });
    const found = value.differences.map(({ messageKey }: { messageKey: string }) => messageKey).toSorted();
    const expected = changedByRoute(facts, 0.6, 0.61).toSorted();
    expect(expected.length).toBeGreaterThan(20);
    expect(found).toEqual(expected);
    expect(value.undecidable).toBe(0);
  });

  it('tells both decisions whole, and totals by intent, template and outcome', async () => {
    const { value } = await whatif(folderOf([intake(0.65, 'cmt_1'), intake(0.9, 'cmt_2')]), {
      thresholds: { tier1Of: { damaged_item: 0.7 } },
    });
    expect(value).toMatchObject({
      decisions: 2,
      same: 1,
      different: 1,
      undecidable: 0,
      byIntent: { damaged_item: { decisions: 2, different: 1, replies: { before: 2, after: 1 } } },
      byTemplate: { t_damaged_item_intake: { before: 2, after: 1 } },
      byOutcome: { replied: { before: 2, after: 1 }, routed: { before: 0, after: 1 } },
      replies: { before: 2, after: 1 },
    });
    const [difference] = value.differences;
    expect(difference).toMatchObject({ messageKey: 'cmt_1', stage: 'classification' });
    for (const which of ['before', 'after'])
      expect(difference[which].gateReport.map(({ gate }: { gate: string }) => gate)).toEqual([...GATE_IDS]);
    expect(difference.after).toMatchObject({ action: 'ROUTE_ONLY', reasonCodes: ['low_confidence'] });
  });

  it.each([
    { when: 'a switch', policy: { flags: { automation_enabled: false } }, reason: 'automation_disabled' },
    { when: 'a blocked intent', policy: { flags: { blocked_intents: ['damaged_item'] } }, reason: 'intent_route_only' },
    {
      when: 'a tier policy',
      policy: { intents: { damaged_item: { highestTier: null } } },
      reason: 'intent_route_only',
    },
    { when: 'a channel', policy: { replyChannels: ['livechat'] }, reason: 'channel_not_enabled' },
    { when: 'a reply age', policy: { replyAges: { otherMs: 0 } }, reason: 'too_old_to_reply' },
    {
      when: 'a pin',
      policy: { thresholds: { fittedOn: { classifier: { keyword: 'other@9.9.9' } } } },
      reason: 'low_confidence',
    },
    { when: 'a limit of the shop', policy: { limits: { perConversationDay: 0 } }, reason: 'cap_24h_conversation' },
  ])('may replace $when', async ({ policy, reason }) => {
    const { value } = await whatif(folderOf([intake(0.9, 'cmt_1')]), policy);
    expect(value.differences[0]?.after.reasonCodes[0]).toBe(reason);
  });

  it('may route an intent elsewhere', async () => {
    const { value } = await whatif(folderOf([intake(0.9, 'cmt_1')]), {
      intents: { damaged_item: { team: 'Sales Team' } },
    });
    expect(value.differences[0]?.after).toMatchObject({ team: 'Sales Team', routeTag: 'route-sales-team' });
  });

  it('counts a later stage only where the earlier one still leads there, and its verifier’s cost with it', async () => {
    const classified = decisionInput(scored({ order_status_tracking: 0.75 }));
    const asked = { ...classified, stage: 'approval' as const, order: orderInWindow(), verifier: verifierInput() };
    const chain = [
      { ...told(classified, 'cmt_1'), nanoUsd: 300_000 },
      { ...told(asked, 'cmt_1'), nanoUsd: 50_000 },
    ];
    const data = folderOf(chain);
    const before = decide(asked).templateId;
    expect(before).not.toBeNull();
    const { value } = await whatif(data, { thresholds: { tier2: 0.8 } });
    expect(value).toMatchObject({
      messages: 1,
      decisions: 2,
      replies: { before: 1, after: 0 },
      replyChanges: { notSent: 1, sentAnew: 0, otherTemplate: 0 },
      cost: { usdBefore: 0.00035, usdAfter: 0.0003 },
    });
  });

  it('tells which thresholds no release may hold, and judges all the same', async () => {
    const { code, value } = await whatif(folderOf([intake(0.9, 'cmt_1')]), { thresholds: { tier2: 0.5 } });
    expect(code).toBe(0);
    expect(value.notReleasable).toEqual(['tier2: at least 0.70']);
  });
});

describe('undecidable', () => {
  const order = scored({ order_status_tracking: 0.9 });
  it('is a reply that wants an order nobody looked up', async () => {
    const low = decisionInput(scored({ order_status_tracking: 0.55 }));
    const { value } = await whatif(folderOf([told(low, 'cmt_1')]), { thresholds: { route: 0.5, tier1: 0.5 } });
    expect(value).toMatchObject({ same: 0, different: 0, undecidable: 1, undecidableFor: { order: 1 } });
    expect(value.undecided).toMatchObject([{ messageKey: 'cmt_1', needs: 'undecidable: order' }]);
    expect(value.byOutcome.undecidable).toEqual({ before: 0, after: 1 });
  });

  it('is one that wants a verifier nobody asked', async () => {
    const off = decisionInput({ ...order, stage: 'approval', order: orderInWindow(), flags: { tier2_enabled: false } });
    const { value } = await whatif(folderOf([told(off, 'cmt_1')]), { flags: { tier2_enabled: true } });
    expect(value.undecidableFor).toEqual({ verifier: 1 });
  });

  it('is a classifier that was switched off when it was read', async () => {
    const off = decisionInput({ ...order, flags: { openai_enabled: false } });
    const { value } = await whatif(folderOf([told(off, 'cmt_1')]), { flags: { openai_enabled: true } });
    expect(value.undecidableFor).toEqual({ classifier: 1 });
  });

  it('is an input that this release cannot read', async () => {
    const honest = intake(0.9, 'cmt_1');
    const input = { ...honest.input, message: { ...honest.input.message, words: 'nine' as never } };
    const { value } = await whatif(folderOf([{ ...honest, input }]), {});
    expect(value.undecidableFor).toEqual({ input: 1 });
  });
});

describe('--out', () => {
  it('never writes over a file, least of all over the policy that it was given', async () => {
    const data = folderOf([intake(0.9, 'cmt_1')]);
    const out = join(data, 'report.json');
    expect((await whatif(data, {}, '--out', out)).code).toBe(0);
    const first = readFileSync(out, 'utf8');
    expect(JSON.parse(first)).toMatchObject({ decisions: 1 });
    for (const path of [out, join(data, 'policy.json')])
      expect((await whatif(data, {}, '--out', path)).value.error).toMatchObject({
        code: 'exists',
        message: `${path} exists`,
        cure: expect.stringContaining('--out'),
      });
    expect([readFileSync(out, 'utf8'), readFileSync(join(data, 'policy.json'), 'utf8')]).toEqual([first, '{}']);
  });
});

describe('a sweep', () => {
  it('draws coverage against expected risk, in the answer, in the terminal and as a file', async () => {
    const data = folderOf([0.62, 0.7, 0.8, 0.95].map((score, at) => intake(score, `cmt_${at}`)));
    const svg = join(data, 'sweep.svg');
    const { value } = await whatif(data, {}, '--sweep', 'tier1=0.60..1.00', '--out', svg);
    const { key, points } = value.sweep;
    expect(key).toBe('thresholds.tier1');
    expect(points).toHaveLength(21);
    expect(points.at(0)).toMatchObject({ value: 0.6, replies: 4, coverage: 1, expectedRisk: 0.2325 });
    expect(points.at(-1)).toMatchObject({ value: 1, replies: 0, coverage: 0, expectedRisk: null });
    const coverages = points.map(({ coverage }: { coverage: number }) => coverage);
    expect(coverages).toEqual(coverages.toSorted((a: number, b: number) => b - a));
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg [\s\S]*thresholds\.tier1 = 0\.6: 4 replies[\s\S]*<\/svg>\n$/);
    const { out } = await run(data, 'whatif', '--policy', join(data, 'policy.json'), '--sweep', 'tier1=0.60..1.00');
    expect(out).toContain('thresholds.tier1: coverage against expected risk');
    expect(out).toContain('█');
  });

  it.each([
    ['tier9=0.1..0.2', 'unknown_key', 'did you mean tier1?'],
    ['tier2', 'invalid_sweep', '--sweep'],
    ['tier2=0.9..0.1', 'invalid_sweep', '--sweep'],
    ['tier2=0.9..1.5', 'invalid_sweep', 'policy show'],
  ])('refuses %s', async (text, code, cure) => {
    const answer = await whatif(folderOf([]), {}, '--sweep', text);
    expect(answer.code).toBe(2);
    expect(answer.value.error.code).toBe(code);
    expect(`${answer.value.error.cure}`).toContain(cure);
  });
});

describe('the file', () => {
  it.each([
    ['thresholds:\n  tier9: 0.7\n', ':2: thresholds.tier9: this key is not known', 'did you mean tier1?'],
    ['thresholds:\n  tier2: high\n', ':2: thresholds.tier2: this has another form', 'write a number'],
    ['{"thresholds": {"tier2": 7}}', ':1: thresholds.tier2: this value is not allowed', 'from 0 to 1'],
    ['flags: { safe_mode: maybe }', 'flags.safe_mode', 'true or false'],
    ['intents: { damaged_itm: {} }', 'intents.damaged_itm', 'did you mean damaged_item?'],
    ['intents: { damaged_item: { team: Nobody } }', 'intents.damaged_item.team', 'write one of'],
    ['replyLimits: { windowMs: 172800000 }', 'replyLimits.windowMs', '24 h'],
    ['thresholds: [', 'not readable as YAML', 'brackets'],
  ])('%j is refused by key and cure', async (text, where, cure) => {
    const { code, value } = await whatif(folderOf([]), text);
    expect(code).toBe(1);
    expect(value.error.code).toBe('invalid_policy');
    expect(value.error.message).toContain(where);
    if (cure !== 'brackets') expect(value.error.cure).toContain(cure);
  });

  it('has to be there', async () => {
    const { code, out } = await run(folderOf([]), '--json', 'whatif', '--policy', '/nowhere/policy.yaml');
    expect(code).toBe(1);
    expect(JSON.parse(out).error).toMatchObject({ code: 'no_policy' });
  });
});

describe('the window', () => {
  it('takes what was decided in it', async () => {
    const data = folderOf([intake(0.9, 'cmt_1')]);
    const inside = await whatif(data, {}, '--from', '2025-12-04', '--to', '2025-12-05');
    expect(inside.value).toMatchObject({ decisions: 1 });
    const after = await whatif(data, {}, '--from', '2025-12-05');
    expect(after.value.decisions).toBe(0);
    expect(after.value.notes[0]).toContain('no decision of this window');
  });

  it('says how to bring back what the trail holds no more', async () => {
    const { code, value } = await whatif(folderOf([]), {}, '--from', '2020-01-01', '--to', '2020-01-02');
    expect(code).toBe(1);
    expect(value.error).toMatchObject({ code: 'older_than_trail' });
    expect(value.error.cure).toContain('replay start --purpose rebuild --from 2020-01-01T');
  });
});

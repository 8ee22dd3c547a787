/** Invented messages with expectations from the specs, read and decided as `classify` and `verify` do, in this process. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Decision, DecisionInput, OrderInput } from '../events/decision.ts';
import type { Channel, Intent } from '../events/words.ts';
import { decide, verifierNeeded } from './decide.ts';
import { decisionInput, orderInput, orderNotMatched } from './testing.ts';
import { cleanMessage, screenable } from './text/clean.ts';
import { classifyByKeywords, writtenHits } from './text/keywords.ts';
import { detectLanguage } from './text/language.ts';
import { deniesReceipt } from './text/receipt.ts';
import { screenTier0 } from './text/screen.ts';
import { specialTopics } from './text/topics.ts';
import { verifyEmbedded } from './verifier-embedded.ts';

/** `any`: the specs leave it open. */
type Row = {
  readonly id: string;
  readonly text: string;
  /** Characters of filler around the text, for payloads that come late (decisions §7 A11). */
  readonly before?: number;
  readonly after?: number;
  readonly channel?: Channel;
  /** Primary intents that are right; left out, any. */
  readonly intents?: readonly Intent[];
  readonly secondary?: readonly Intent[];
  /** What the screen must say: a family is strong; `weak` is met by strong as well. */
  readonly risk: string;
  readonly topic?: 'privacy' | 'security';
  /** Template without a linked order. */
  readonly reply: string | null;
  /** Template with one linked order that is under way. */
  readonly linked?: string | null;
  /** A template that must not follow with that order, whatever else does. */
  readonly withheld?: string;
  readonly why: string;
};

const FOLDER = new URL('./testdata-acceptance/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'));

function rowsOf(file: string): Row[] {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}

const FILLER = 'The weather was fine and the garden looked lovely. ';
const filler = (chars = 0): string => FILLER.repeat(Math.ceil(chars / FILLER.length)).slice(0, chars);

function inputOf(row: Row): { input: DecisionInput; own: string } {
  const clean = cleanMessage(`${filler(row.before)}${row.text}${filler(row.after)}`);
  const { own, words, empty } = clean;
  const screen = screenTier0(screenable(clean));
  const topics = specialTopics(own);
  const scores = Object.fromEntries(
    Object.entries(screen.strength === 'strong' || empty ? {} : classifyByKeywords(own).scores).filter(
      ([, score]) => score > 0,
    ),
  );
  const input = decisionInput({
    message: {
      channel: row.channel ?? 'email',
      language: { detector: detectLanguage(own).language, model: null },
      words,
      empty,
      topics: {
        privacyRequest: topics.includes('privacy'),
        securityProbe: topics.includes('security'),
        hasLink: topics.includes('link'),
        machineMail: topics.includes('machine_mail'),
        preorderTerm: topics.includes('preorder'),
        unsubscribeOnly: topics.includes('ambiguous_unsubscribe'),
        deniesReceipt: deniesReceipt(own),
        asksSomethingElse: false,
      },
    },
    turn: {
      screenStrength: screen.strength,
      screenHits: screen.hits,
      answeredKeywordHits: [...writtenHits(clean)],
    },
    classifier: { raw: scores, calibrated: scores },
  });
  return { input, own };
}

/** The decision at approval, the verifier asked where it would be. */
function approve(input: DecisionInput, own: string, order: OrderInput): Decision {
  const approval: DecisionInput = { ...input, stage: 'approval', order };
  if (!verifierNeeded(approval)) return decide(approval);
  const verdict = verifyEmbedded({
    deterministicOrderLink: true,
    proposedPrimaryIntent: decide(approval).primaryIntent,
    channel: input.message.channel,
    orderStateLabel: order.labels?.statusLabel ?? 'unknown',
    signals: { screenRuleIds: [], keywordIntents: [], deniesReceipt: false, asksSomethingElse: false, wishes: [] },
    text: own,
  });
  return decide({
    ...approval,
    verifier: {
      kind: 'embedded',
      failure: null,
      allow: verdict.allow_tier2,
      confidence: verdict.confidence,
      downgradeTo: verdict.downgrade_to_tier,
      reasonCode: verdict.reason_code,
    },
  });
}

type Seen = {
  intent: Intent;
  secondary: readonly Intent[];
  risk: string;
  topics: readonly string[];
  reply: string | null;
  linked: string | null;
  reasons: readonly string[];
};

function seenFor(row: Row): Seen {
  const { input, own } = inputOf(row);
  const screen = input.turn;
  const first = decide(input);
  const unlinked = approve(input, own, orderNotMatched('unlinked'));
  const linked = approve(input, own, orderInput());
  return {
    intent: first.primaryIntent,
    secondary: first.secondaryIntents,
    risk: screen.screenStrength === 'strong' ? (first.riskFlags[0] ?? 'strong') : screen.screenStrength,
    topics: specialTopics(own),
    reply: unlinked.templateId,
    linked: linked.templateId,
    reasons: linked.reasonCodes,
  };
}

function missesOf(row: Row, seen: Seen): string[] {
  const misses: string[] = [];
  const isStrong = seen.risk !== 'none' && seen.risk !== 'weak';
  if (row.risk === 'none' && seen.risk !== 'none') misses.push('risk');
  if (row.risk === 'weak' && seen.risk === 'none') misses.push('risk');
  if (/^[A-Z]/.test(row.risk) && !isStrong) misses.push('risk');
  if (/^[A-Z]/.test(row.risk) && isStrong && seen.risk !== row.risk) misses.push('family');
  if (row.intents && !isStrong && !row.intents.includes(seen.intent)) misses.push('intent');
  if (row.secondary?.some((intent) => !seen.secondary.includes(intent))) misses.push('secondary');
  if (row.topic && !seen.topics.includes(row.topic)) misses.push('topic');
  if (row.reply !== 'any' && seen.reply !== row.reply) misses.push('reply');
  if (row.linked !== undefined && seen.linked !== row.linked) misses.push('linked');
  if (row.withheld !== undefined && seen.linked === row.withheld) misses.push('withheld');
  return misses;
}

describe.each(files)('%s', (file) => {
  it.each(rowsOf(file).map((row) => [row.id, row] as const))('%s', (_id, row) => {
    const seen = seenFor(row);
    expect({
      misses: missesOf(row, seen),
      text: row.text,
      ...(missesOf(row, seen).length > 0 ? { seen } : {}),
    }).toEqual({
      misses: [],
      text: row.text,
    });
  });
});

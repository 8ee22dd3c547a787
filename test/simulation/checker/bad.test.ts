/** Bad histories, made by hand, at least one for each rule: a checker that lets them pass would prove nothing. */
import { describe, expect, it } from 'vitest';
import { DECISIONS } from './bad/decisions.ts';
import { DOOR } from './bad/door.ts';
import { LOOKS } from './bad/looks.ts';
import { REPLIES } from './bad/replies.ts';
import { TICKETS } from './bad/tickets.ts';
import { rulesBrokenBy } from './histories.ts';
import { RULES } from './rules.ts';

const ALL = { REPLIES, DOOR, DECISIONS, LOOKS, TICKETS };

describe.each(Object.entries(ALL))('%s', (_theme, histories) => {
  it.each(histories)('%s: %s', (_says, rules, given) => expect(rulesBrokenBy(given)).toEqual([...rules].sort()));
});

it('there is a bad history for every rule', () => {
  const broken = new Set(Object.values(ALL).flatMap((histories) => histories.flatMap(([, rules]) => rules)));
  expect(Object.keys(RULES).filter((rule) => rule !== 'at-rest' && !broken.has(rule as keyof typeof RULES))).toEqual(
    [],
  );
});

/** Which targets and which archives an event reaches, from an index that is rebuilt when a rule changes. */
import type { DatabaseSync } from 'node:sqlite';
import type { Arns } from './arns.ts';
import { parseNumbers } from './event-text.ts';
import { type IndexedEvent, indexPatterns } from './pattern-index.ts';

export type TargetRow = {
  bus: string;
  rule: string;
  id: string;
  arn: string;
  max_age_seconds: number | null;
  max_attempts: number | null;
  dead_letter_arn: string | null;
};

export type MatchedTarget = TargetRow & { readonly ruleArn: string };

export type RuleBook = {
  targetsOf(bus: string, event: IndexedEvent): MatchedTarget[];
  archivesOf(bus: string, event: IndexedEvent): string[];
  /** To be called after every change of rules, targets or archives of the bus. */
  changed(bus: string): void;
};

type Index<T> = (event: IndexedEvent) => T[];

export function createRuleBook(database: DatabaseSync, arns: Arns): RuleBook {
  const selectRules = database.prepare(
    "SELECT name, pattern FROM eb_rule WHERE bus = ? AND state <> 'DISABLED' ORDER BY name",
  );
  const selectTargets = database.prepare('SELECT * FROM eb_target WHERE bus = ? AND rule = ? ORDER BY id');
  const selectArchives = database.prepare('SELECT name, pattern FROM eb_archive WHERE bus = ? ORDER BY name');
  const rules = new Map<string, Index<MatchedTarget[]>>();
  const archives = new Map<string, Index<string>>();

  const indexRules = (bus: string) =>
    indexPatterns(
      (selectRules.all(bus) as { name: string; pattern: string }[]).map(({ name, pattern }) => {
        const ruleArn = arns.rule(bus, name);
        const targets = selectTargets.all(bus, name) as TargetRow[];
        return { pattern: parseNumbers(pattern), value: targets.map((target) => ({ ...target, ruleArn })) };
      }),
    );
  // An archive without a pattern takes every event; every event has a source.
  const everyEvent = { source: [{ exists: true }] };
  const indexArchives = (bus: string) =>
    indexPatterns(
      (selectArchives.all(bus) as { name: string; pattern: string | null }[]).map(({ name, pattern }) => ({
        pattern: pattern === null ? everyEvent : parseNumbers(pattern),
        value: name,
      })),
    );

  return {
    targetsOf: (bus, event) => remember(rules, bus, indexRules)(event).flat(),
    archivesOf: (bus, event) => remember(archives, bus, indexArchives)(event),
    changed(bus) {
      rules.delete(bus);
      archives.delete(bus);
    },
  };
}

function remember<T>(known: Map<string, T>, bus: string, build: (bus: string) => T): T {
  const found = known.get(bus);
  if (found !== undefined) return found;
  const built = build(bus);
  known.set(bus, built);
  return built;
}

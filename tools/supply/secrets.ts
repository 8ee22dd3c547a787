/** What looks like a key, token or password in the tree; told by place and rule, never by its text. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { LEFT_OUT } from '../tree-copy.ts';
import { INVENTED_SECRETS } from './reviewed.ts';

export type Finding = { readonly file: string; readonly line: number; readonly rule: string };

const PRESET = '@secretlint/secretlint-rule-preset-recommend';
/** Larger are packed weights and recordings, which a look at each line would take minutes for. */
const MOST_BYTES = 1_000_000;

/** Secrets of ours that no general rule knows: signing secrets of Standard Webhooks. */
const OWN_RULES: readonly { readonly rule: string; readonly pattern: RegExp }[] = [
  { rule: 'webhook-secret', pattern: /whsec_[A-Za-z0-9+/]{32,}={0,2}/g },
];

export async function secretsIn(file: string, text: string): Promise<Finding[]> {
  const { messages } = await lintSource({
    source: { filePath: file, content: text, ext: `.${file.split('.').at(-1)}`, contentType: 'text' },
    options: { config: { rules: [{ id: PRESET, rule: creator }] }, noPhysicFilePath: true },
  });
  return [
    ...messages.map(({ ruleId, loc }) => ({
      file,
      line: loc.start.line,
      rule: ruleId.split('secretlint-rule-').at(-1) ?? ruleId,
    })),
    ...OWN_RULES.flatMap(({ rule, pattern }) =>
      [...text.matchAll(pattern)].map(({ index }) => ({ file, line: text.slice(0, index).split('\n').length, rule })),
    ),
  ];
}

/** Every finding that nobody has looked at, and what was too large to look at. */
export async function scanTree(root: string): Promise<{ findings: Finding[]; skipped: string[] }> {
  const findings: Finding[] = [];
  const skipped: string[] = [];
  for (const file of filesBelow(root, root)) {
    const text = readFileSync(join(root, file));
    if (text.length > MOST_BYTES) skipped.push(file);
    else findings.push(...(await secretsIn(file, text.toString('utf8'))));
  }
  return { findings: unreviewed(findings), skipped };
}

/** Of a file and rule that was looked at, as many as were looked at are left out: one more is told, all of them. */
export function unreviewed(findings: readonly Finding[], reviewed = INVENTED_SECRETS): Finding[] {
  return findings.filter(({ file, rule }) => {
    const known = reviewed.find((one) => one.file === file && one.rule === rule)?.times ?? 0;
    return findings.filter((one) => one.file === file && one.rule === rule).length > known;
  });
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !(folder === root && LEFT_OUT.has(name)))
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(root, path) : [relative(root, path)];
    });
}

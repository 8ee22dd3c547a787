/**
 * Which kinds of change a branch makes, which gates they need, and whether the pull request's text says so (docs/governance.md).
 *
 *   node bin/launch.js tools/governance.ts --base REF [--description FILE] [--json]
 *
 * Without a description it tells the kinds and gates only. Exit 0 done, 1 the text lacks something, 2 wrong use.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { answerVersion, ROOT } from '../local/platform/release.ts';
import { changeType } from './governance/change-types.ts';
import { changedSince, NoSuchBase, releasesOf } from './governance/changed.ts';
import { FIELD_NAMES, FIELDS, readDescription } from './governance/description.ts';
import { GATES } from './governance/gates.ts';
import { judge, type Verdict } from './governance/judge.ts';
import { touchedTypes } from './governance/touched.ts';

const USAGE = 'usage: node bin/launch.js tools/governance.ts --base REF [--description FILE] [--json]';

answerVersion(process.argv.slice(2));
const { base, description, isJson } = readWords();
const { files, settings } = changed();
const touched = touchedTypes(files, settings);
const verdict = judge(readDescription(textOf()), touched, releasesOf(ROOT));
const objections = description === undefined ? [] : verdict.objections;
if (isJson) process.stdout.write(`${JSON.stringify({ ...verdict, objections })}\n`);
else process.stdout.write(`${report(verdict)}\n`);
for (const objection of objections) process.stderr.write(`governance: ${objection}\n`);
process.exitCode = objections.length === 0 ? 0 : 1;

function readWords(): { base: string; description: string | undefined; isJson: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        base: { type: 'string' },
        description: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n\nFields of the text:\n${FIELD_NAMES.map(about).join('\n')}\n`);
      process.exit(0);
    }
    if (values.base === undefined) return refuse(`name the commit the branch left from; ${USAGE}`);
    return { base: values.base, description: values.description, isJson: values.json };
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`);
  }
}

function about(name: (typeof FIELD_NAMES)[number]): string {
  return `  ${FIELDS[name].label}: ${FIELDS[name].asks}`;
}

function changed(): ReturnType<typeof changedSince> {
  try {
    return changedSince(base, ROOT);
  } catch (error) {
    if (error instanceof NoSuchBase) return refuse(error.message);
    throw error;
  }
}

function textOf(): string {
  if (description === undefined) return '';
  try {
    return readFileSync(description, 'utf8');
  } catch {
    return refuse(`--description ${description} cannot be read: name the file with the pull request's text`);
  }
}

function report({ types, gates }: Verdict): string {
  const of = new Map(touched.map(({ type, because }) => [type, because]));
  const kinds = types.map((type) => {
    const because = of.get(type) ?? [];
    const why = because.length === 0 ? 'declared' : because.slice(0, 3).join(', ');
    return `  ${type} (${changeType(type).risk}): ${why}${because.length > 3 ? `, and ${because.length - 3} more` : ''}`;
  });
  const shown = gates.map((gate) => `  ${gate}: ${GATES[gate].command ?? `people: ${GATES[gate].says}`}`);
  return ['Types', ...(kinds.length === 0 ? ['  none'] : kinds), 'Gates that must have run', ...shown].join('\n');
}

function refuse(reason: string): never {
  process.stderr.write(`governance: ${reason}\n`);
  process.exit(2);
}

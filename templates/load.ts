/** Reads the template folders for tooling (lint, lock, bundle); functions use the generated library instead. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { bodyHash, normaliseBody } from './body.ts';
import type { Finding } from './findings.ts';
import { finding } from './findings.ts';
import type { Template, Variant } from './library.ts';
import { TemplateMeta, VariantHead } from './meta.ts';

/** A variant with its place on disk, so that a finding can name file and line. */
export type SourceVariant = Variant & {
  readonly file: string;
  /** Line of the file on which the body starts, counted from 1. */
  readonly bodyLine: number;
  /** The hash as its front matter has it; `sha256` is the one of the body as it is. */
  readonly statedHash: string;
};

export type SourceTemplate = Omit<Template, 'variants'> & {
  readonly folder: string;
  readonly metaFile: string;
  readonly metaText: string;
  readonly variants: readonly SourceVariant[];
};

type LoadedTemplates = { readonly templates: readonly SourceTemplate[]; readonly findings: readonly Finding[] };

type Parsed<T> = { readonly value: T } | { readonly findings: Finding[] };

/** Reads YAML against a schema. Messages name keys and lines of the template file, never a value. */
function parseYaml<S extends v.GenericSchema>(
  schema: S,
  text: string,
  file: string,
  firstLine: number,
): Parsed<v.InferOutput<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  if (document.errors.length > 0) {
    return {
      findings: document.errors.map((error) =>
        finding(
          'format',
          file,
          lineAt(error.pos[0]),
          `is not valid YAML (${error.code})`,
          'Correct the YAML on this line.',
        ),
      ),
    };
  }
  const result = v.safeParse(schema, document.toJS());
  if (result.success) return { value: result.output };
  return {
    findings: result.issues.map((issue) => {
      const keys = (issue.path ?? []).map((item) => item.key);
      const where = keys.join('.') || 'the file';
      const line = lineAt(offsetOf(document.contents, keys));
      return issue.type === 'strict_object' && issue.expected === 'never'
        ? finding(
            'format',
            file,
            line,
            `has the unknown key ${where}`,
            'Remove the key or correct its spelling (replies §1.1).',
          )
        : issue.received === 'undefined'
          ? finding('format', file, line, `lacks ${where}`, 'Add the key (replies §1.1).')
          : finding(
              'format',
              file,
              line,
              `has a ${where} that is not allowed (${issue.type})`,
              'Use a value of the table in replies §1.1.',
            );
    }),
  };
}

/** Where the deepest key of a path starts, so that the line is the one to correct. */
function offsetOf(root: unknown, keys: readonly unknown[]): number {
  let node = root;
  let offset = 0;
  for (const key of keys) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (pair === undefined) break;
    if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}

/** Reads a `template.yaml`. */
function parseMeta(text: string, file: string): Parsed<TemplateMeta> {
  return parseYaml(TemplateMeta, text, file, 1);
}

/** Reads a variant: front matter between `---` lines, then the body. */
function parseVariant(text: string, file: string): Parsed<SourceVariant> {
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const match = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(clean);
  if (match === null) {
    return {
      findings: [
        finding(
          'format',
          file,
          1,
          'has no front matter',
          'Start the file with locale, variant and sha256 between two lines of ---.',
        ),
      ],
    };
  }
  const [, head = '', body = ''] = match;
  const parsed = parseYaml(VariantHead, head, file, 2);
  if ('findings' in parsed) return parsed;
  const { locale, variant, sha256, max_chars: maxChars } = parsed.value;
  const normal = normaliseBody(body);
  const bodyLine = head.split('\n').length + 2;
  const name = path.basename(file);
  if (name !== `${locale}.${variant}.md`) {
    return {
      findings: [
        finding(
          'format',
          file,
          2,
          `is named otherwise than its front matter says`,
          `Name it ${locale}.${variant}.md or correct locale and variant.`,
        ),
      ],
    };
  }
  if (normal.trim() === '') {
    return {
      findings: [finding('format', file, bodyLine, 'has an empty body', 'Write the body below the front matter.')],
    };
  }
  return {
    value: {
      locale,
      variant,
      ...(maxChars === undefined ? {} : { maxChars }),
      sha256: bodyHash(normal),
      body: normal,
      file,
      bodyLine,
      statedHash: sha256,
    },
  };
}

/**
 * Reads every `t_*` folder below a templates folder, sorted by name. A file that cannot be read is a finding and its
 * template is left out; whether what was read is also right is `lintTemplates`' question.
 */
export function loadTemplates(root: string): LoadedTemplates {
  const templates: SourceTemplate[] = [];
  const findings: Finding[] = [];
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('t_'))
    .map((entry) => entry.name)
    .sort();
  for (const folder of folders) {
    const loaded = loadFolder(root, folder);
    if ('value' in loaded) templates.push(loaded.value);
    else findings.push(...loaded.findings);
  }
  return { templates, findings };
}

function loadFolder(root: string, folder: string): Parsed<SourceTemplate> {
  const names = readdirSync(path.join(root, folder)).sort();
  const metaFile = `templates/${folder}/template.yaml`;
  const findings: Finding[] = [];
  const strays = names.filter((name) => name !== 'template.yaml' && !name.endsWith('.md'));
  for (const name of strays) {
    findings.push(
      finding(
        'format',
        `templates/${folder}/${name}`,
        1,
        'does not belong in a template folder',
        'Keep only template.yaml and <locale>.<variant>.md there.',
      ),
    );
  }
  if (!names.includes('template.yaml')) {
    return {
      findings: [...findings, finding('format', metaFile, 1, 'is missing', 'Add the metadata file (replies §1.1).')],
    };
  }
  const metaText = readFileSync(path.join(root, folder, 'template.yaml'), 'utf8');
  const meta = parseMeta(metaText, metaFile);
  if ('findings' in meta) findings.push(...meta.findings);
  const variants: SourceVariant[] = [];
  for (const name of names.filter((entry) => entry.endsWith('.md'))) {
    const variant = parseVariant(readFileSync(path.join(root, folder, name), 'utf8'), `templates/${folder}/${name}`);
    if ('value' in variant) variants.push(variant.value);
    else findings.push(...variant.findings);
  }
  if ('findings' in meta || findings.length > 0) return { findings };
  return { value: { meta: meta.value, variants, folder, metaFile, metaText } };
}

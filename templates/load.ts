/** Reads the template folders for tooling (lint, lock, bundle); functions use the generated library instead. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type * as v from 'valibot';
import { bodyHash, normaliseBody } from './body.ts';
import type { Finding } from './findings.ts';
import { finding } from './findings.ts';
import type { Template, Variant } from './library.ts';
import { TemplateMeta, VariantHead } from './meta.ts';
import { type Parsed, parseYaml } from './parse-yaml.ts';

/** A variant with its place on disk, so that a finding can name file and line. */
export type SourceVariant = Variant & {
  readonly file: string;
  /** Line of the file on which the body starts, counted from 1. */
  readonly bodyLine: number;
  /** Front matter as it is written, from line 2 of the file on. */
  readonly headText: string;
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

/** Reads a `template.yaml`; an id outside the closed union is TL01's. */
function parseMeta(text: string, file: string): Parsed<TemplateMeta> {
  return parseYaml(TemplateMeta, text, file, 1, (key) => (key === 'id' ? 'TL01' : 'format'));
}

type BodyFile<Head> = {
  readonly head: Head;
  readonly headText: string;
  readonly body: string;
  readonly bodyLine: number;
};

/** Reads front matter between `---` lines, then the body. */
export function parseBodyFile<S extends v.GenericSchema>(
  schema: S,
  text: string,
  file: string,
): Parsed<BodyFile<v.InferOutput<S>>> {
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
  const parsed = parseYaml(schema, head, file, 2);
  if ('findings' in parsed) return parsed;
  return {
    value: { head: parsed.value, headText: head, body: normaliseBody(body), bodyLine: head.split('\n').length + 2 },
  };
}

function parseVariant(text: string, file: string): Parsed<SourceVariant> {
  const parsed = parseBodyFile(VariantHead, text, file);
  if ('findings' in parsed) return parsed;
  const { headText, body: normal, bodyLine } = parsed.value;
  const { locale, variant, sha256, max_chars: maxChars } = parsed.value.head;
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
      headText,
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

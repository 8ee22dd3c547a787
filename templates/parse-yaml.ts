/** Reads YAML of a template folder against a schema. Messages name keys and lines of the file, never a value. */
import * as v from 'valibot';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Finding } from './findings.ts';
import { finding } from './findings.ts';

export type Parsed<T> = { readonly value: T } | { readonly findings: Finding[] };

/**
 * @param firstLine  line of the file on which the YAML starts, counted from 1
 * @param ruleOf     the rule that a wrong value of a key breaks
 */
export function parseYaml<S extends v.GenericSchema>(
  schema: S,
  text: string,
  file: string,
  firstLine: number,
  ruleOf: (key: string) => Finding['rule'] = () => 'format',
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
              ruleOf(where),
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

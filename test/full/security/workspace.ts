/** A copy of the tree in which a control can be missing: what a child process or a thread loads lacks it too, YAML as much as code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyTree } from '../../../tools/tree-copy.ts';
import type { Control } from '../../security/control.ts';
import { edited } from '../../simulation/planted/bug.ts';
import { undeclaredName } from './names.ts';
import type { FileReport } from './verdict.ts';
import { runTests } from './vitest.ts';

export type Workspace = {
  /** The test files as they are, by file. */
  untouched(files: readonly string[]): Promise<Map<string, FileReport>>;
  /** The control's test file without the control; undefined where vitest did not run it. */
  without(control: Control): Promise<FileReport | undefined>;
  remove(): void;
};

export function workspace(): Workspace {
  const { folder, remove } = copyTree('controls');
  return {
    untouched: (files) => runTests(folder, files),
    async without({ removal, test }) {
      const plain = new Map(removal.map(({ file }) => [file, readFileSync(join(folder, file), 'utf8')]));
      try {
        for (const [file, text] of plain) writeFileSync(join(folder, file), edited(text, file, removal));
        const name = undeclaredName(folder, [...plain.keys()]);
        if (name !== null) return { passed: 0, failed: [], broken: `the removal uses ${name}, which nobody declares` };
        return (await runTests(folder, [test])).get(test);
      } finally {
        for (const [file, text] of plain) writeFileSync(join(folder, file), text);
      }
    },
    remove,
  };
}

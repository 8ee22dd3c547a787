/** The documentation as a site, built at the first look into a folder of this instance's own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOOL = fileURLToPath(new URL('../../../tools/docs-site.ts', import.meta.url));

export type DocsBuilder = {
  /** Answers the folder. @throws Error where the tool is not there, as in an image, or a link leads nowhere */
  build(): Promise<string>;
  close(): void;
};

export function docsBuilder(): DocsBuilder {
  let building: Promise<string> | null = null;
  let folder: string | null = null;

  async function run(): Promise<string> {
    folder ??= mkdtempSync(join(tmpdir(), 'frontdesk-docs-'));
    const out = folder;
    const child = spawn(process.execPath, [TOOL, '--out', out], { stdio: 'ignore' });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code !== 0) throw new Error(`tools/docs-site.ts ended with ${code}`);
    return out;
  }

  return {
    build() {
      building ??= run().catch((error: unknown) => {
        building = null;
        throw error;
      });
      return building;
    },
    close() {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

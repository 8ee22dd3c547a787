import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forbiddenImports } from './arrows.ts';
import { parseSource, ROOT, readSources } from './sources.ts';

const sources = readSources();
const dependencies = Object.keys(manifest().dependencies);

function manifest(): { dependencies: Record<string, string> } {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

function check(path: string, line: string): string[] {
  return forbiddenImports(parseSource(path, line), dependencies);
}

describe('import arrows (guide style §2)', () => {
  it('holds in every file', () => {
    expect(sources.flatMap((source) => forbiddenImports(source, dependencies))).toEqual([]);
  });

  it('saw every file that the compiler sees', () => {
    const tsc = spawnSync(
      process.execPath,
      [join(ROOT, 'bin/launch.js'), 'tool', 'tsc', '-p', ROOT, '--listFilesOnly'],
      {
        encoding: 'utf8',
      },
    );
    const compiled = tsc.stdout
      .split('\n')
      .filter((file) => file.startsWith(ROOT) && !file.includes('/node_modules/'))
      .map((file) => relative(ROOT, file).split(sep).join('/'))
      .filter((file) => file.includes('/') && file.endsWith('.ts'));
    expect(compiled.length).toBeGreaterThan(0);
    const seen = new Set(sources.map((source) => source.path));
    expect(compiled.filter((file) => !seen.has(file))).toEqual([]);
  });
});

describe('a forbidden arrow is found', () => {
  it.each([
    ['events/a.ts', `import { x } from '../policy/x.ts';`],
    ['events/a.ts', `import type { x } from '../functions/shared/x.ts';`],
    ['events/a.ts', `import { readFileSync } from 'node:fs';`],
    ['events/a.ts', `import { SQSClient } from '@aws-sdk/client-sqs';`],
    ['policy/a.ts', `export { x } from '../functions/shared/x.ts';`],
    ['policy/a.ts', `export * from '../config/x.ts';`],
    ['policy/orders/a.ts', `const x = await import('../../local/x.ts');`],
    ['templates/a.ts', `type X = import('../policy/x.ts').X;`],
    ['templates/render.ts', `import { readFileSync } from 'node:fs';`],
    ['templates/render.ts', `import { loadTemplates } from './load.ts';`],
    ['functions/verify/a.ts', `import { loadTemplates } from '../../templates/load.ts';`],
    ['functions/verify/a.ts', `import { x } from '../classify/x.ts';`],
    ['operate/console/page/a.tsx', `import { x } from '../desk/desk.ts';`],
    ['operate/console/page/a.tsx', `import { readFileSync } from 'node:fs';`],
    ['operate/console/http/a.ts', `import { App } from '../page/app.tsx';`],
    ['operate/console/http/a.ts', `import { build } from 'vite';`],
    ['functions/verify/a.ts', `import { x } from '../../local/x.ts';`],
    ['functions/verify/a.ts', `import { x } from '../../stacks/topology.ts';`],
    ['functions/verify/a.ts', `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';`],
    ['functions/verify/a.ts', `import { x } from '../shared/ledger/memory.ts';`],
    ['functions/verify/a.ts', `import { openStage } from '#stage-knobs';`],
    ['functions/shared/live-container.ts', `import { x } from '#nowhere';`],
    ['functions/verify/gather.ts', `import { x } from '../shared/ledger/live.ts';`],
    ['functions/verify/a.ts', `import { x } from '../../config/shop.ts';`],
    ['functions/verify/a.ts', `const x = await import(name);`],
    ['functions/shared/ledger/a.ts', `import { x } from '../../verify/decide.ts';`],
    ['functions/shared/ledger/live.ts', `import { x } from './memory.ts';`],
    ['functions/shared/ledger/a.ts', `import { it } from 'vitest';`],
    ['functions/shared/ledger/a.ts', `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';`],
    ['functions/shared/clock/a.ts', `import { setTimeout } from 'node:timers/promises';`],
    ['stacks/topology.ts', `import { x } from '../functions/verify/handler.ts';`],
    ['stacks/topology.ts', `import { x } from '../local/x.ts';`],
    ['local/a.ts', `import { x } from '../test/x.ts';`],
    ['operate/a.ts', `import { x } from '../policy/x.test.ts';`],
    ['local/a.ts', `import { x } from 'fast-check';`],
    ['elsewhere/a.ts', `import { x } from '../events/x.ts';`],
  ])('%s: %s', (path, line) => expect(check(path, line)).toHaveLength(1));
});

describe('an arrow of the table is free', () => {
  it.each([
    ['events/a.ts', `import * as v from 'valibot'; import { x } from './x.ts';`],
    ['policy/a.ts', `import { x } from '../events/x.ts';`],
    ['functions/verify/handler.ts', `import { x } from '../shared/consumer.ts'; import { y } from './decide.ts';`],
    ['functions/responder/reply/act.ts', `import { x } from '../act.ts';`],
    ['functions/verify/lambda.ts', `import { liveContainer } from '../shared/container/live.ts';`],
    ['functions/verify/a.ts', `import type { Shop } from '../../config/shop.ts';`],
    [
      'functions/verify/handler.test.ts',
      `import { x } from '../shared/ledger/memory.ts'; import { y } from '../../local/x.ts';`,
    ],
    ['functions/shared/ledger/live.ts', `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';`],
    ['functions/shared/parameters/port.ts', `import type { SSMClient } from '@aws-sdk/client-ssm';`],
    ['functions/shared/ledger/ledger.testing.ts', `import { it } from 'vitest';`],
    ['stacks/topology.ts', `import { rules } from '../functions/responder/settle/rules.ts';`],
    ['local/host/a.ts', `const x = await import(name); import { y } from '../../stacks/topology.ts';`],
    ['templates/load.ts', `import { readFileSync } from 'node:fs'; import { parse } from 'yaml';`],
    ['templates/lint.ts', `import type { SourceTemplate } from './load.ts';`],
    ['test/simulation/a.ts', `import { x } from '../../functions/verify/handler.ts';`],
  ])('%s: %s', (path, line) => expect(check(path, line)).toEqual([]));
});

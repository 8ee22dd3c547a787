import { expect, it } from 'vitest';
import { EMPTY, FILLED } from '../../../stacks/stages.testing.ts';
import type { StageTable } from '../../../stacks/stages.ts';
import { neededBy } from './needed.ts';
import { readExpected } from './read.ts';

const { resources } = readExpected();
const dropped = (name: 'dev' | 'staging' | 'prod', stages: StageTable) =>
  resources.filter((entry) => !neededBy(name, stages, resources).includes(entry)).map(({ id }) => id);

it('is the whole list where nobody is named, and where the stage makes GitHub’s provider', () => {
  expect(dropped('dev', EMPTY)).toEqual([]);
  expect(dropped('prod', FILLED)).toEqual([]);
});

it('is all but GitHub’s provider where that stands already, and nothing of CI where there is none', () => {
  expect(dropped('staging', FILLED)).toEqual(['ci-provider']);
  expect(dropped('prod', { ...FILLED, prod: { ...FILLED.prod, github: null } })).toEqual([
    'ci-role',
    'ci-policies',
    'ci-no-secret',
    'ci-attachments',
    'ci-provider',
  ]);
});

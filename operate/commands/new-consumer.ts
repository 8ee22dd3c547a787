/** `new consumer`: a running consumer in a folder of its own, or its end. Works on the repository, not on an instance. */
import { ROOT } from '../../local/platform/release.ts';
import { type Change, makeConsumer, planNew, planRemoval, removeConsumer } from '../consumer/consumer.ts';
import type { Answer } from '../context.ts';

export type NewConsumerOptions = { readonly remove?: boolean; readonly yes?: boolean };

export function newConsumer(name: string, { remove = false, yes = false }: NewConsumerOptions, root = ROOT): Answer {
  const change = remove ? planRemoval(root, name) : planNew(root, name);
  if (yes && remove) removeConsumer(root, name);
  if (yes && !remove) makeConsumer(root, name);
  const steps = remove ? afterRemoval() : afterMaking(name);
  return {
    value: { name, isRemoved: remove, isDone: yes, ...change, next: steps },
    text: [
      ...changesText(change, remove, yes),
      '',
      ...(yes ? ['Next:', ...steps.map((step, at) => `${at + 1}. ${step}`)] : ['Add --yes to do it.']),
    ].join('\n'),
    exitCode: yes ? 0 : 1,
  };
}

function changesText({ made, changed }: Change, isRemoval: boolean, isDone: boolean): string[] {
  const folder = isRemoval ? (isDone ? 'taken away' : 'would be taken away') : isDone ? 'made' : 'would be made';
  const lists = isDone ? 'changed' : 'would be changed';
  return [...made.map((file) => `${file} ${folder}`), ...changed.map((file) => `${file} ${lists}`)];
}

function afterMaking(name: string): string[] {
  return [
    `npx vitest run functions/${name}`,
    'restart `npm start`: the consumer hears what happens from then on',
    `npx frontdesk replay start --purpose backfill --rule ${name}-facts --from -7d --to -1m --yes, for what happened before`,
    'npx frontdesk status and npx frontdesk logs; alarms, dashboards, queues and its role follow from its folder',
    `before it is deployed: enter ${name} under \`consumers\` in test/stacks/expected.yaml, then npm run check (docs/new-consumer.md)`,
  ];
}

function afterRemoval(): string[] {
  return [
    'restart `npm start`: its rules are gone; what it had kept ends by its own time',
    'take its name out of test/stacks/expected.yaml if it stands there, then npm run check',
  ];
}

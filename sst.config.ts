/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    const isProduction = input?.stage === 'prod';
    return {
      name: 'frontdesk',
      home: 'aws',
      removal: isProduction ? 'retain' : 'remove',
      protect: isProduction,
      // Pinned: an unpinned provider is looked up as "latest" at deploy.
      providers: { aws: { version: '7.20.0', region: 'us-east-2' } },
    };
  },
  // SST refuses top-level imports here.
  async run() {
    const { createBus } = await import('./stacks/sst/bus.ts');
    const { createArchives } = await import('./stacks/sst/archive.ts');
    const { createFunctions } = await import('./stacks/sst/functions.ts');
    const { createQueues } = await import('./stacks/sst/queues.ts');
    const { createRules } = await import('./stacks/sst/rules.ts');
    const { createSchedules } = await import('./stacks/sst/schedules.ts');
    const { createTables } = await import('./stacks/sst/tables.ts');
    const { currentPlace } = await import('./stacks/sst/place.ts');
    const { default: packageFile } = await import('./package.json', { with: { type: 'json' } });

    const place = currentPlace();
    const bus = createBus();
    createArchives(bus);
    createTables();
    const queues = createQueues(place);
    const functions = createFunctions(place, queues, packageFile.version);
    createRules(place, bus, functions, queues);
    createSchedules(functions);
    return { bus: bus.name };
  },
});

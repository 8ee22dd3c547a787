/// <reference path="./.sst/platform/config.d.ts" />
type StageTable = import('./stacks/stages.ts').StageTable;

export default $config({
  // SST refuses top-level imports here. It hands over no table of stages: a proof may, to look at another than ours.
  async app(input, stages?: StageTable) {
    const { appOf } = await import('./stacks/topology-app.ts');
    return appOf(input.stage, process.env, stages);
  },
  async run(stages?: StageTable) {
    const { deployableStageOf } = await import('./stacks/stages.ts');
    const { createAlarms } = await import('./stacks/sst/alarms.ts');
    const { createAnalytics } = await import('./stacks/sst/analytics.ts');
    const { createApi } = await import('./stacks/sst/api.ts');
    const { createArchives } = await import('./stacks/sst/archive.ts');
    const { createBoundary } = await import('./stacks/sst/boundary.ts');
    const { createBudgets } = await import('./stacks/sst/budgets.ts');
    const { createBus } = await import('./stacks/sst/bus.ts');
    const { createDashboards } = await import('./stacks/sst/dashboards.ts');
    const { createDelivery } = await import('./stacks/sst/delivery.ts');
    const { createEdge } = await import('./stacks/sst/edge.ts');
    const { createFunctions } = await import('./stacks/sst/functions.ts');
    const { createKey } = await import('./stacks/sst/key.ts');
    const { createOperators } = await import('./stacks/sst/operators.ts');
    const { createParameters } = await import('./stacks/sst/parameters.ts');
    const { requireOwnPlace } = await import('./stacks/sst/place.ts');
    const { createBusQueue, createQueues } = await import('./stacks/sst/queues.ts');
    const { createRules } = await import('./stacks/sst/rules.ts');
    const { createSchedules } = await import('./stacks/sst/schedules.ts');
    const { createSecrets } = await import('./stacks/sst/secrets.ts');
    const { createTables } = await import('./stacks/sst/tables.ts');
    const { createTopics } = await import('./stacks/sst/topics.ts');
    const { createSampling } = await import('./stacks/sst/tracing.ts');
    const { default: packageFile } = await import('./package.json', { with: { type: 'json' } });

    if ($cli.command === 'deploy') {
      const { requireFresh } = await import('./local/platform/bundles.ts');
      const { topology } = await import('./stacks/topology.ts');
      requireFresh($cli.paths.root, topology.functions);
    }
    const stage = deployableStageOf($app.stage, process.env, stages);
    const place = await requireOwnPlace(stage);
    const key = createKey(place);
    const boundary = createBoundary(stage, place, key);
    const busQueue = createBusQueue(place, key);
    const bus = createBus(place, key, busQueue);
    createArchives(bus, key);
    createTables(stage, key);
    createParameters(place);
    createSecrets(stage, key);
    const queues = createQueues(place, key);
    const functions = createFunctions({ stage, place, key, boundary, queues, release: packageFile.version });
    createRules(stage, place, bus, functions, queues);
    createSchedules(place, functions, boundary);
    createSampling(stage);
    const api = createApi(stage, functions, key);
    const edge = createEdge(stage, api);
    createOperators(stage, place, key, boundary);
    createDelivery(stage, place);
    const repository = stage.github?.repository ?? null;
    const topics = createTopics(stage, place, key);
    createBudgets(stage, topics);
    createAlarms(place, { topics, bus, api, repository, deadLetters: busQueue });
    createDashboards(place, api);
    createAnalytics(stage, place, key, boundary);
    return {
      bus: bus.name,
      webhook: $util.interpolate`${edge === undefined ? api.apiEndpoint : $util.interpolate`https://${edge.domainName}`}/webhook`,
    };
  },
});

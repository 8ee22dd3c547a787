/** A supervisor whose only function does what it is told; tells the host's process number once that has begun. */
import { hostEnvironment } from '../environment.ts';
import { startHost } from '../host.ts';

const act = process.argv[2];
const host = await startHost({
  functions: [
    {
      name: 'classify',
      entry: 'local/host/testdata/behaviours.ts',
      timeoutSeconds: 60,
      memoryMb: 128,
      reservedConcurrency: null,
      async: { retries: 0, maxAgeSeconds: 60 },
      laterQueue: false,
      scheduleSeconds: null,
      http: false,
      secrets: [],
      publishes: false,
    },
  ],
  env: hostEnvironment({
    awsEndpoint: 'http://127.0.0.1:1',
    region: 'us-east-2',
    env: 'local',
    timeScale: 1,
    richpanelBaseUrl: 'http://127.0.0.1:2',
  }),
  timeScale: 1,
});
await host.invoke({ requestId: 'first', functionName: 'classify', payload: JSON.stringify({ act: 'echo' }) });
void host.invoke({ requestId: 'second', functionName: 'classify', payload: JSON.stringify({ act }) });
process.send?.(host.pid);

/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';

/** Which share of requests is traced, beyond the first of every second (platform §6.6). */
export function createSampling({ name: env, traceSampling }: Pick<DeployableStage, 'name' | 'traceSampling'>): void {
  new aws.xray.SamplingRule('Sampling', {
    ruleName: `frontdesk-${env}`,
    priority: 100,
    version: 1,
    reservoirSize: 1,
    fixedRate: traceSampling,
    serviceName: `frontdesk-${env}-*`,
    serviceType: '*',
    host: '*',
    httpMethod: '*',
    urlPath: '*',
    resourceArn: '*',
  });
}

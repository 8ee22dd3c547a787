/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';

/** Which share of requests is traced (platform §6.6). No reservoir: messages come slower than one a second, and all of them would be in it. */
export function createSampling({ name: env, traceSampling }: Pick<DeployableStage, 'name' | 'traceSampling'>): void {
  new aws.xray.SamplingRule('Sampling', {
    ruleName: `frontdesk-${env}`,
    priority: 100,
    version: 1,
    reservoirSize: 0,
    fixedRate: traceSampling,
    serviceName: `frontdesk-${env}-*`,
    serviceType: '*',
    host: '*',
    httpMethod: '*',
    urlPath: '*',
    resourceArn: '*',
  });
}

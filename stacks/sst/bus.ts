/// <reference path="../../.sst/platform/config.d.ts" />
import { topology } from '../topology.ts';

/** The bus on which all facts travel. */
export function createBus(): sst.aws.Bus {
  return new sst.aws.Bus('Bus', { transform: { bus: { name: topology.busName($app.stage) } } });
}

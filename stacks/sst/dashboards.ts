/// <reference path="../../.sst/platform/config.d.ts" />
import { API_ID } from '../alarms/intake.ts';
import { dashboardBody } from '../dashboards/body.ts';
import { dashboardsOf } from '../topology-dashboards.ts';
import type { Place } from '../topology-names.ts';

/** Dashboards A to G of platform §6.4. */
export function createDashboards({ env, region }: Place, api: aws.apigatewayv2.Api): void {
  for (const dashboard of dashboardsOf(env)) {
    new aws.cloudwatch.Dashboard(`Dashboard-${dashboard.id}`, {
      dashboardName: `frontdesk-${env}-${dashboard.id}-${dashboard.title.toLowerCase().replaceAll(' ', '-')}`,
      dashboardBody: api.id.apply((apiId) =>
        JSON.stringify(dashboardBody(dashboard, region, (value) => (value === API_ID ? apiId : value))),
      ),
    });
  }
}

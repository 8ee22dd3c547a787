import { expect, it } from 'vitest';
import type { Resource } from './graph.ts';
import { graphText } from './table.ts';

const resource = (type: string, name: string, properties: Resource['properties']): Resource => ({
  type,
  name,
  urn: '',
  properties,
});

it('names each resource as the console does, where it has a name there', () => {
  const resources = [
    resource('aws:apigatewayv2/route:Route', 'Route-POST-webhook', { routeKey: 'POST /webhook' }),
    resource('aws:cloudwatch/compositeAlarm:CompositeAlarm', 'Alarm-A1-high', { alarmName: 'frontdesk-prod-A1-high' }),
    resource('aws:kms/key:Key', 'Key', {}),
  ];
  expect(
    graphText({ stage: 'prod', region: 'us-east-2', accountId: '000000000000', resources, bundles: [] }).split('\n'),
  ).toEqual([
    'prod: 3 resources in us-east-2',
    '',
    'apigatewayv2 Route (1)',
    `  ${'Route-POST-webhook'.padEnd(44)} POST /webhook`,
    'cloudwatch CompositeAlarm (1)',
    `  ${'Alarm-A1-high'.padEnd(44)} frontdesk-prod-A1-high`,
    'kms Key (1)',
    '  Key',
    '',
  ]);
});

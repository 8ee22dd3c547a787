/** What `sst deploy` asks of AWS for our resources, by concern: each action by its name. */
import { analyticsStatementsOf } from './delivery/analytics.ts';
import { dataStatementsOf } from './delivery/data.ts';
import { edgeStatementsOf } from './delivery/edge.ts';
import { eyesStatementsOf } from './delivery/eyes.ts';
import { functionsStatementsOf } from './delivery/functions.ts';
import { messagesStatementsOf } from './delivery/messages.ts';
import { stateStatementsOf } from './delivery/state.ts';
import type { Place } from './topology-names.ts';
import type { Statement } from './topology-permissions.ts';

export function deployStatementsOf(place: Place): Readonly<Record<string, readonly Statement[]>> {
  return {
    state: stateStatementsOf(place),
    functions: functionsStatementsOf(place),
    messages: messagesStatementsOf(place),
    data: [...dataStatementsOf(place), ...analyticsStatementsOf(place)],
    eyes: eyesStatementsOf(place),
    edge: edgeStatementsOf(place),
  };
}

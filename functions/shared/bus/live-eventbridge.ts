/** The bus on EventBridge. The answer is read entry by entry, since a success may hold failures (protocols §2). */
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { asking } from '../aws/live-client.ts';
import type { Bus } from '../ports.ts';

/** Publishes on `frontdesk-<env>`; at most ten entries a call, as the service has it. */
export function eventBridgeBus(client: EventBridgeClient, env: string): Bus {
  return {
    async putEvents(entries) {
      const answer = await asking('eventbridge', 'write', () =>
        client.send(
          new PutEventsCommand({
            Entries: entries.map(({ source, detailType, detail }) => ({
              EventBusName: `frontdesk-${env}`,
              Source: source,
              DetailType: detailType,
              Detail: detail,
            })),
          }),
        ),
      );
      const failed = (answer.Entries ?? []).flatMap(({ EventId, ErrorCode }, index) =>
        EventId === undefined ? [{ index, code: ErrorCode ?? 'Unknown' }] : [],
      );
      // An answer that counts failures but does not show them is not taken for a success.
      if (failed.length === 0 && (answer.FailedEntryCount ?? 0) > 0)
        return { failed: entries.map((_entry, index) => ({ index, code: 'Unknown' })) };
      return { failed };
    },
  };
}

/** Rows through a delivery stream of Firehose, which puts them together into files. */
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { asking, CLIENT_OPTIONS, type ClientOptions } from '../aws/live-client.ts';
import type { Records } from '../ports.ts';
import { recordStream } from './table.ts';

/** Endpoint, region and credentials come from the environment, as on Lambda. */
export function liveRecords(ofStage: Partial<ClientOptions>, env: string): Records {
  return firehoseRecords(new FirehoseClient({ ...CLIENT_OPTIONS, ...ofStage }), env);
}

/** The stream ends each row with a line feed. */
export function firehoseRecords(client: FirehoseClient, env: string): Records {
  return {
    async put(row) {
      const Data = Buffer.from(JSON.stringify(row), 'utf8');
      const command = new PutRecordCommand({ DeliveryStreamName: recordStream(env), Record: { Data } });
      await asking('firehose', 'write', () => client.send(command));
    },
  };
}

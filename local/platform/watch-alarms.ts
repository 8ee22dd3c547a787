/** The alarms of the stage, judged on one machine as CloudWatch judges them on AWS. */
import { alarmsOf } from '../../stacks/topology-alarms.ts';
import { createPoster } from '../alarms/poster.ts';
import { watchQueueDepths } from '../alarms/queue-depths.ts';
import { type AlarmWatch, startAlarms } from '../alarms/watch.ts';
import type { Endpoint } from './endpoint.ts';
import { STAGE } from './stage.ts';

type How = {
  /** Where what rings is kept; `null` keeps nothing on disk. */
  readonly file: string | null;
  /** Whether a real shop's customers write. */
  readonly hasCustomers: boolean;
  readonly alertUrl: URL | null;
  readonly onTrouble: (what: string) => void;
};

export function watchAlarms(endpoint: Endpoint, { file, hasCustomers, alertUrl, onTrouble }: How): AlarmWatch {
  const depths = watchQueueDepths(endpoint.sqs, endpoint.timing);
  const alarms = startAlarms({
    alarms: alarmsOf(STAGE.env),
    reader: depths,
    timing: endpoint.timing,
    hasCustomers,
    file,
    poster: alertUrl === null ? null : createPoster(alertUrl, { onTrouble }),
    onTransition({ state, id, severity, signal, runbook }) {
      if (severity === 'info') return;
      onTrouble(`alarm ${id} (${severity}) ${state === 'ok' ? 'is over' : `rings, see ${runbook}`}: ${signal}`);
    },
    onTrouble,
  });
  const stopListening = endpoint.tap.listen(({ metadata, data }) =>
    alarms.hear('frontdesk', {
      source: `frontdesk.${metadata.producer}`,
      'detail-type': metadata.eventName,
      detail: { metadata, data },
    }),
  );
  return {
    ...alarms,
    stop() {
      stopListening();
      depths.stop();
      alarms.stop();
    },
  };
}

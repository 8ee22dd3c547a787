/** The alarms of the stage, judged on one machine as CloudWatch judges them on AWS. */
import { alarmsOf } from '../../stacks/topology-alarms.ts';
import { createPoster } from '../alarms/poster.ts';
import { type AlarmWatch, startAlarms } from '../alarms/watch.ts';
import type { MetricReader } from '../telemetry/metric-reader.ts';
import type { Endpoint } from './endpoint.ts';
import { STAGE } from './stage.ts';

type How = {
  readonly reader: MetricReader;
  /** Where what rings is kept; `null` keeps nothing on disk. */
  readonly file: string | null;
  /** Whether a real shop's customers write. */
  readonly hasCustomers: boolean;
  readonly alertUrl: URL | null;
  readonly onTrouble: (what: string) => void;
};

export function watchAlarms(endpoint: Endpoint, { reader, file, hasCustomers, alertUrl, onTrouble }: How): AlarmWatch {
  const alarms = startAlarms({
    alarms: alarmsOf(STAGE.env),
    reader,
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
  const stopHearing = endpoint.calls.listen((call) => alarms.hear('default', call));
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
      stopHearing();
      stopListening();
      alarms.stop();
    },
  };
}

/** What it costs, and whether it is well. */
import type { HealthValue } from '../../../../commands/health.ts';
import { useRead } from '../../api.ts';
import { Heading } from '../../parts/heading.tsx';
import { Refused } from '../../parts/notice.tsx';
import type { PageProps } from '../../routes.ts';
import { Alarms } from './alarms.tsx';
import { Dollars } from './dollars.tsx';
import { Promises } from './promises.tsx';
import { Runbook } from './runbook.tsx';
import { Space } from './space.tsx';
import { Trends } from './trends.tsx';
import { Vendors } from './vendors.tsx';
import './cost.css';

const REFRESH_MS = 10_000;

export function Page({ rest }: PageProps) {
  return rest === '' ? <Everything /> : <Runbook key={rest} page={rest} />;
}

function Everything() {
  const { value, refusal } = useRead<HealthValue>('health', {}, { everyMs: REFRESH_MS });
  return (
    <>
      <Heading name="Cost and health">
        Dollars at list prices, and the promises of this stage with what may still go wrong.
      </Heading>
      <Refused refusal={refusal} />
      {value === null ? null : (
        <>
          <Alarms health={value} />
          <Promises health={value} />
          <Trends health={value} />
          <Vendors health={value} />
        </>
      )}
      <Dollars />
      <Space bytes={value?.bytes ?? null} />
    </>
  );
}

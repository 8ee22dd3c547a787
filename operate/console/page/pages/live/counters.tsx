import { counters } from './traffic.ts';

export function Counters() {
  const found = counters.value;
  const figures = [
    ['received', found?.received],
    ['on their way', found?.inFlight],
    ['replied', found?.outcomes.replied],
    ['routed', found?.outcomes.routed],
    ['suppressed', found?.outcomes.suppressed],
    ['failed', found?.outcomes.failed],
  ] as const;
  return (
    <section class="panel" aria-labelledby="counters">
      <h2 id="counters">Since this start</h2>
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

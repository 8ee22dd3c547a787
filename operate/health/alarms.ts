/** Which alarms of platform §6.5 fire, of those that can be told from the present state alone. Pure. */
export type Alarm = { readonly id: string; readonly signal: string; readonly severity: 'high' | 'page' };

export type Signals = {
  readonly oldestUnsettledS: number;
  readonly deadLetters: number;
  readonly flagsReadable: boolean;
  readonly openBreakers: readonly string[];
};

/** Thresholds of platform §6.5: Q2 120 s and 300 s, Q3 1 and 5. */
export function alarmsOf({ oldestUnsettledS, deadLetters, flagsReadable, openBreakers }: Signals): Alarm[] {
  const alarms: (Alarm | false)[] = [
    oldestUnsettledS > 120 && {
      id: 'Q2',
      signal: `oldest unsettled message ${oldestUnsettledS} s`,
      severity: oldestUnsettledS > 300 ? 'page' : 'high',
    },
    deadLetters >= 1 && {
      id: 'Q3',
      signal: `dead letters ${deadLetters}`,
      severity: deadLetters >= 5 ? 'page' : 'high',
    },
    !flagsReadable && { id: 'S8', signal: 'flags unreadable: everything behaves as in safe mode', severity: 'high' },
    ...openBreakers.map((vendor): Alarm => ({ id: 'V4', signal: `circuit breaker open: ${vendor}`, severity: 'high' })),
  ];
  return alarms.filter((alarm) => alarm !== false);
}

/** What a cause of dead letters means, and what to do before anything is redriven (platform §5.9, runbook R005). Pure. */

export type Advice = {
  readonly means: string;
  readonly cure: string;
  /** The runbook that goes on from here. */
  readonly runbook: string;
};

const FRONT_DOOR = /^(?:unknown_major|unreadable.*|invalid_data|not_consumed|unknown_replay|too_old|too_many_hops)$/;

/** The first that fits. */
const TABLE: readonly (readonly [RegExp, Advice])[] = [
  [
    /^budget_foreign_lease$/,
    {
      means: 'Another run held the claim on its message and did not let go.',
      cure: 'Look at the ticket first: that run may have finished the work. Then redrive.',
      runbook: 'R005',
    },
  ],
  [
    /^budget_/,
    {
      means: 'It waited for a vendor until its time was over.',
      cure: 'See that the vendor answers again, then redrive.',
      runbook: 'R004',
    },
  ],
  [
    /_auth$|^secrets_/,
    { means: 'A key is wrong or cannot be read.', cure: 'Put the right one back, then redrive.', runbook: 'R011' },
  ],
  [
    /^(?:bug|timeout|memory|exit)$|^runtime_|_error$/,
    {
      means: 'A defect, mostly since a release.',
      cure: 'Roll the release back or mend it, then redrive.',
      runbook: 'R010',
    },
  ],
  [
    /^dynamodb_/,
    { means: 'A table is gone or throttled.', cure: 'Bring the table back, then redrive.', runbook: 'R012' },
  ],
  [
    /^(?:no_permissions|resource_not_found)/,
    {
      means: 'The bus may not call the function, or cannot find it.',
      cure: 'Deploy the release again, then redrive.',
      runbook: 'R005',
    },
  ],
  [
    /^(?:foreign_source|foreign_producer|name_mismatch|no_envelope|invalid_metadata)$/,
    {
      means: 'Somebody else than its producer put it on the bus, or something that no producer states.',
      cure: 'Find who puts that on the bus. A redrive removes it: ticket and record that it names stay as they are.',
      runbook: 'R005',
    },
  ],
  [
    FRONT_DOOR,
    {
      means: 'Its function refuses it and would refuse it again.',
      cure: 'Find who puts that on the bus. A redrive gives it up: a tag on the ticket calls a person.',
      runbook: 'R005',
    },
  ],
  [
    /_(?:not_found|invalid|parse|read_only|refusal|window_passed)$/,
    {
      means: 'The vendor said no for good.',
      cure: 'See in the ticket and the log what it refused; redrive once that is mended.',
      runbook: 'R004',
    },
  ],
  [
    /_(?:rate_limited|server|network|timeout|circuit_open)$/,
    {
      means: 'A vendor was busy or out of reach for longer than attempts lasted.',
      cure: 'See that it answers again, then redrive in small batches.',
      runbook: 'R004',
    },
  ],
  [
    /^(?:retries_exhausted|event_age_exceeded|maximum_)/,
    {
      means: 'Every attempt failed, and none told why.',
      cure: 'Look at the log of its function; mend the cause, then redrive.',
      runbook: 'R005',
    },
  ],
];

const UNTOLD: Advice = {
  means: 'No cause was told.',
  cure: 'Look at the ticket and at the log of its function; mend the cause, then redrive.',
  runbook: 'R005',
};

export function adviceOn(cause: string): Advice {
  return TABLE.find(([causes]) => causes.test(cause))?.[1] ?? UNTOLD;
}

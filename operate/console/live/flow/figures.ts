/** What the live view is told: counts of a moment, and the figures of each second. Ids, names and numbers only. */

/** What went by since the last frame; what did not is left out. */
export type FlowFrame = {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Facts stated, by `statedId`. */
  readonly stated: Readonly<Record<string, number>>;
  /** Facts that a rule let through, by `heardId`. */
  readonly heard: Readonly<Record<string, number>>;
  /** Events of a replay that reached a twin, by the twin's name. */
  readonly replayed: Readonly<Record<string, number>>;
  /** Webhooks and clock ticks are runs that no fact caused: runs that began, by function. */
  readonly runs: Readonly<Record<string, number>>;
};

export type FunctionFigures = {
  /** Runs a second, over 10 s. */
  readonly rate: number;
  /** From publishing to handling, of the last minute; `null` where nothing was handled. */
  readonly lagP50: number | null;
  readonly lagP95: number | null;
  /** Within the last minute each. */
  readonly errors: number;
  readonly throttled: number;
  /** An event that waits in the later queue. */
  readonly parked: number;
  /** An event that could not be read. */
  readonly invalid: number;
  readonly repeated: number;
  /** Now: in Lambda's queue and running, and in each queue of the function's own. */
  readonly waiting: number;
  readonly running: number;
  readonly later: number;
  readonly failed: number;
  readonly dead: number;
};

export type FactFigures = { readonly total: number /** A second, over 10 s. */; readonly rate: number };

export type Moment = { readonly at: number; readonly perSecond: number; readonly lagP95: number | null };

export type Figures = Moment & {
  readonly functions: Readonly<Record<string, FunctionFigures>>;
  /** By `statedId`; all that were ever stated since the start. */
  readonly stated: Readonly<Record<string, FactFigures>>;
  /** By `heardId`. */
  readonly heard: Readonly<Record<string, FactFigures>>;
  /** By name. */
  readonly rulesOff: readonly string[];
  /** Deliveries that failed within the last minute, by rule. */
  readonly failedDeliveries: Readonly<Record<string, number>>;
};

/** One of the last that were stated: where it belongs, never what it says. */
export type SeenFact = {
  /** `statedId`. */
  readonly stated: string;
  readonly eventId: string;
  readonly at: string;
  /** In the helpdesk's own spelling; `null` of a fact that belongs to no conversation. */
  readonly conversation: string | null;
  /** The number that people know the ticket by. */
  readonly ticket: number | null;
};

/** A system that answers webhooks and works on tickets, as the comparison sees it. */
import type { Helpdesk, Written } from '../../load/helpdesk.ts';

export type Subject = {
  readonly name: string;
  /** Starts on a new folder of its own, with a helpdesk that fires no webhooks. */
  start(): Promise<Running>;
};

export type Running = {
  readonly helpdesk: Helpdesk;
  /** Sends one webhook; rejects on anything but 200. */
  knock(written: Written): Promise<unknown>;
  /** Accepted messages that are open by the system's own books. */
  unfinished(): Promise<number>;
  /** `SIGKILL` to every process of the system; what it kept stays. */
  kill(): Promise<void>;
  /** Starts it again on what it kept; `helpdesk` and `knock` of the answer are to be used from then on. */
  restart(): Promise<Running>;
  /** Ends everything and removes the folder. */
  stop(): Promise<void>;
};

/** The webhook of a system under the same load as any other's: two fixed schedules, and as fast as answers come. */
import { writeAll } from '../load/helpdesk.ts';
import { allAnswered, openLoop } from '../load/open-loop.ts';
import { lonelyMessages } from '../load/rows.ts';
import { percentiles, rounded } from '../row.ts';
import type { Subject } from './subjects/subject.ts';

export type WebhookFigures = {
  readonly subject: string;
  readonly load: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly n: number;
};

export type WebhookLoad = { readonly seconds: number; readonly say: (line: string) => void };

const RATES = [20, 50] as const;
/** Connections that each ask again as soon as they are answered. */
const CONNECTIONS = 16;
/** More than is answered in the time of a run; made beforehand, since every request is about a new message. */
const MOST_PER_SECOND = 400;
const WARM_UP = 20;

/** Each load on a new start of the system, since the work that the one before left would weigh on the next. */
export async function webhookFigures(subject: Subject, load: WebhookLoad): Promise<WebhookFigures[]> {
  const figures: WebhookFigures[] = [];
  for (const rate of RATES) figures.push(await scheduled(subject, rate, load));
  figures.push(await atOnce(subject, load));
  return figures;
}

async function scheduled(subject: Subject, rate: number, { seconds, say }: WebhookLoad): Promise<WebhookFigures> {
  say(`${subject.name}: ${rate} webhooks/s for ${seconds} s`);
  const running = await subject.start();
  try {
    const written = await writeAll(running.helpdesk, lonelyMessages(WARM_UP + rate * seconds));
    await openLoop(written.slice(0, WARM_UP), rate, running.knock);
    const times = allAnswered(await openLoop(written.slice(WARM_UP), rate, running.knock)).map(({ ms }) => ms);
    return figuresOf(subject, `${rate}/s, fixed schedule`, rate, times);
  } finally {
    await running.stop();
  }
}

async function atOnce(subject: Subject, { seconds, say }: WebhookLoad): Promise<WebhookFigures> {
  say(`${subject.name}: ${CONNECTIONS} connections for ${seconds} s`);
  const running = await subject.start();
  try {
    const written = await writeAll(running.helpdesk, lonelyMessages(WARM_UP + MOST_PER_SECOND * seconds));
    await openLoop(written.slice(0, WARM_UP), WARM_UP, running.knock);
    const times: number[] = [];
    const queue = written.slice(WARM_UP).values();
    const began = performance.now();
    const until = began + seconds * 1000;
    const connection = async (): Promise<void> => {
      for (const one of queue) {
        const askedAt = performance.now();
        if (askedAt >= until) return;
        await running.knock(one);
        times.push(performance.now() - askedAt);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    const perSecond = times.length / ((performance.now() - began) / 1000);
    return figuresOf(subject, `${CONNECTIONS} connections, as fast as answered`, perSecond, times);
  } finally {
    await running.stop();
  }
}

function figuresOf(subject: Subject, load: string, perSecond: number, times: readonly number[]): WebhookFigures {
  const { p50, p99 } = percentiles(times);
  return { subject: subject.name, load, perSecond: rounded(perSecond), p50, p99, n: times.length };
}

/** All of one message: the answer first, then what it rests on. */
import type { TicketValue } from '../../../../commands/ticket.ts';
import { durationText, plain, usdText } from '../../parts/amounts.ts';
import { OutcomeBadge } from '../../parts/outcome.tsx';
import { Time } from '../../parts/time.tsx';
import { Facts } from './facts.tsx';
import { Gates } from './gates.tsx';
import { Reply } from './reply.tsx';
import { Waterfall } from './waterfall.tsx';
import { Writes } from './writes.tsx';

export type Shown = TicketValue['messages'][number];

export function Message({ conversation, message }: { conversation: string; message: Shown }) {
  return (
    <>
      <Answer message={message} />
      <div class="grid">
        <Reply conversation={conversation} message={message} />
        <Writes message={message} />
      </div>
      <Gates message={message} />
      <Facts message={message} />
      <Waterfall conversation={conversation} traceId={message.traceId} />
      <Versions versions={message.versions} />
    </>
  );
}

function Answer({ message }: { message: Shown }) {
  const { outcome, decision, cost, endToEndMs } = message;
  const figures: readonly (readonly [string, string | number | null | undefined])[] = [
    ['Channel', message.channel],
    ['Took', endToEndMs === null ? null : durationText(endToEndMs)],
    ['Read as', decision === null ? null : plain(decision.intent)],
    ['Confidence', decision?.confidence?.toFixed(2)],
    ['Tier', decision?.tier],
    ['Team', decision?.team],
    ['Costs about', cost === null ? null : usdText(cost.usd + cost.model.usd)],
    ['Model tokens', cost === null || cost.model.calls === 0 ? null : cost.model.tokensIn + cost.model.tokensOut],
  ];
  return (
    <section class={`panel answer ${outcome ?? ''}`} aria-labelledby="answer">
      <h2 id="answer" class="unseen">
        The answer
      </h2>
      <p class="sentence">{message.answer}</p>
      <p class="about">
        <OutcomeBadge outcome={outcome} />
        {message.receivedAt === null ? null : (
          <span>
            received <Time at={message.receivedAt} />
          </span>
        )}
      </p>
      <dl class="figures">
        {figures.map(([name, value]) =>
          value === null || value === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

function Versions({ versions }: { versions: Shown['versions'] }) {
  const entries = Object.entries(versions);
  return (
    <section class="panel" aria-labelledby="versions">
      <h2 id="versions">Versions that decided</h2>
      {entries.length === 0 ? <p class="empty">Nothing was decided.</p> : null}
      <dl class="pairs">
        {entries.map(([name, version]) => (
          <div key={name}>
            <dt>{words(name)}</dt>
            <dd>{version}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** `screenRules` → `screen rules`. */
const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

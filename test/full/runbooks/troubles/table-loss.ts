/** R012: every table is gone. */
import type { TableName } from '../../../../functions/shared/store/language.ts';
import { TABLE_KEYS } from '../../../../functions/shared/store/tables.ts';
import { answeredIn, fireAgain, untilCalm } from '../../../../operate/drill/provoke.ts';
import { loseTables } from '../../../../operate/drill/scratch.ts';
import { writeAll } from '../../drill/scene.ts';
import { demand, nowText, type Trouble } from '../trouble.ts';

const CALM_WITHIN_MS = 60_000;
const QUESTION = 'where is my order?';

export async function tableLoss(): Promise<Trouble> {
  return {
    started: { timeScale: 0.2 },
    async plant(stage, known) {
      await writeAll(stage.data);
      await untilCalm({ instance: stage.instance() }, AbortSignal.timeout(CALM_WITHIN_MS));
      const answered = (await stage.received()).at(-1)?.ticketId ?? '';
      demand((await stage.outcomeOf(answered)) === 'replied', 'nobody was answered before the loss');
      await stage.stop();
      loseTables(stage.data, Object.keys(TABLE_KEYS) as TableName[]);
      known.set('lost-at', nowText()).set('answered', answered).set('until', '-0m');
      await stage.start();
      known.set('generation', String((await stage.status()).flags.ledger_generation));
    },
    deeds: () => [],
    async prove({ stage, known }) {
      const before = await stage.received();
      const answered = await answeredIn(stage.instance());
      demand(answered.length > 0, 'the trail tells of nobody who was answered');
      const fired = await fireAgain(stage.instance(), answered);
      await untilCalm({ instance: stage.instance() }, AbortSignal.timeout(CALM_WITHIN_MS));
      const sent = (await stage.received()).filter(({ at }) => at > (known.get('lost-at') ?? ''));
      demand(sent.length === 0, `${sent.length} replies to what came in before the loss`);
      await stage.untilEnded(await stage.arrived('after-1', QUESTION), 'replied');
      return [
        `${before.length} replies before the loss; ${fired} old webhooks again after the resume, 0 sends; a new message answered`,
      ];
    },
  };
}

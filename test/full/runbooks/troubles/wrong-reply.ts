/** R003: a template whose words are wrong goes out, again and again. */
import { PATIENCE_MS } from '../stage.ts';
import { demand, nowText, type Trouble } from '../trouble.ts';

const TEMPLATE = 't_damaged_item_intake';
const BEFORE = 5;
const QUESTION = 'where is my order?';

export async function wrongReplyTrouble(): Promise<Trouble> {
  return {
    started: { timeScale: 0.2 },
    async plant(stage, known) {
      stage.customers('lamp', 1_200);
      await stage.until('replies go out', PATIENCE_MS, async () => (await stage.received()).length >= BEFORE);
      const [first] = await stage.received();
      const conversation = first?.ticketId ?? '';
      known.set('template', TEMPLATE).set('conversation', conversation).set('later', conversation);
      known.set('stopped-at', nowText());
      const before = (await stage.received()).length;
      await stage.until('another one goes out', PATIENCE_MS, async () => (await stage.received()).length > before);
    },
    deeds: (stage, known) => [
      async () => {
        known.set('later', await stage.arrived('later'));
      },
    ],
    async prove({ stage, known, resumedAt }) {
      const between = (await stage.received()).filter(
        ({ at }) => at > (known.get('stopped-at') ?? '') && at < resumedAt,
      );
      demand(between.length === 0, `${between.length} replies while it was stopped`);
      const lamp = await stage.arrived('after-lamp');
      const order = await stage.arrived('after-order', QUESTION);
      await stage.untilEnded(order, 'replied');
      await stage.untilEnded(lamp, 'routed');
      const all = await stage.received();
      const wrong = all.filter(({ at, ticketId }) => at > resumedAt && ticketId !== order);
      demand(wrong.length === 0, `${wrong.length} replies with the template that is off`);
      return [`${all.length - 1} replies before the stop, 0 after it, 0 of the template since`];
    },
  };
}

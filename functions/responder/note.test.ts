/** What the agent note says, when it is left, and that it can never hold anything up (replies §7.5). */
import { describe, expect, it } from 'vitest';
import { type Choreography, choreography } from '../../test/choreography.ts';
import { VendorError } from '../shared/errors.ts';
import { reveal } from '../shared/restricted.ts';

const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const SPANISH = 'Hola, ¿dónde está mi pedido? Quisiera saber cuándo llega, por favor, muchas gracias.';

async function written(text: string, prepare: (c: Choreography) => void = () => undefined) {
  const c = choreography();
  c.parameters.values.set('agent_note_enabled', 'true');
  prepare(c);
  c.helpdesk.customerWrites({ conversationId: 't-1', text });
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  return c;
}
const notesOn = async (c: Choreography) =>
  ((await c.helpdesk.ticket('t-1'))?.comments ?? [])
    .filter(({ isPublic }) => !isPublic)
    .map(({ text }) => reveal(text));
const notePrivate = (c: Choreography, isPrivate: boolean) => {
  for (const name of ['responder-route', 'responder-reply', 'responder-settle'] as const) {
    const container = c.containerOf(name);
    Object.assign(container, { settings: { ...container.settings, notePrivate: isPrivate } });
  }
};

describe('the agent note', () => {
  it('says what was sent and what is left, once, and customers do not get it', async () => {
    const c = await written(DAMAGED);
    const [note, ...others] = await notesOn(c);
    expect(others).toEqual([]);
    expect(note).toContain('Intent: damaged_item, confidence ');
    expect(note).toContain('Template: t_damaged_item_intake');
    expect(note).toContain('Reason: tier1_safe_assist');
    expect(note).toContain('Team: Returns Admin');
    expect(note).toContain('order_linked: no');
    expect(note).toContain(
      'Next step: Wait for the details that were asked for. Review the photos and follow up with the next steps.',
    );
    expect(note).not.toContain('lamp');
    expect(c.helpdesk.outbox.map(({ text }) => text)).not.toContain(note);
  });

  it('says why nothing was sent', async () => {
    const [note] = await notesOn(await written(SPANISH));
    expect(note).toContain('Action: ROUTE_ONLY');
    expect(note).toContain('Reason: language_unsupported');
    expect(note).not.toContain('Template:');
  });

  it('stays away while its flag is off, V15 is unanswered, or nothing may be written', async () => {
    expect(await notesOn(await written(DAMAGED, (c) => c.parameters.values.delete('agent_note_enabled')))).toEqual([]);
    expect(await notesOn(await written(DAMAGED, (c) => notePrivate(c, false)))).toEqual([]);
    expect(await notesOn(await written(DAMAGED, (c) => c.parameters.values.set('shadow_mode', 'true')))).toEqual([]);
    expect(
      await notesOn(await written(DAMAGED, (c) => c.parameters.values.set('richpanel_read_only', 'true'))),
    ).toEqual([]);
  });

  it('that cannot be written holds nothing up and is not tried again', async () => {
    let attempts = 0;
    const c = await written(DAMAGED, (world) =>
      Object.assign(world.containerOf('responder-reply'), {
        noter: {
          async note() {
            attempts += 1;
            throw new VendorError('richpanel', 'timeout', { applied: 'unknown' });
          },
        },
      }),
    );
    expect(c.factsOf('MessageSettled').map(({ data }) => data.outcome)).toEqual(['replied']);
    const [approval] = c.factsOf('ReplyApproved');
    await c.bus.putEvents([
      { source: 'frontdesk.verify', detailType: 'ReplyApproved', detail: JSON.stringify(approval) },
    ]);
    await c.run();
    expect(attempts).toBe(1);
  });
});

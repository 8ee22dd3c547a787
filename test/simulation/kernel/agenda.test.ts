import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAgenda } from './agenda.ts';

it('gives everything back in order, however adding and taking alternate', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer())), (moves) => {
      const agenda = createAgenda<number>((a, b) => a < b);
      const model: number[] = [];
      for (const move of moves) {
        if (move === null) {
          expect(agenda.peek()).toBe(model[0]);
          expect(agenda.next()).toBe(model.shift());
        } else {
          agenda.add(move);
          model.push(move);
          model.sort((a, b) => a - b);
        }
        expect(agenda.size).toBe(model.length);
      }
    }),
  );
});

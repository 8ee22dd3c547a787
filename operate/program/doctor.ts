/** Whether this machine can run it. */
import type { Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addDoctor(program: Command, run: RunCommand): void {
  under(
    program,
    'doctor',
    'Checks Node, ports, disk, clock, data folder and the instance; each finding with its cure.',
    'npx frontdesk doctor',
  ).action(() => run(async (context) => (await import('../commands/doctor.ts')).doctor(context)));
}

import { runCommandLine } from './command-line.ts';

// Whoever reads our output may stop early (`| head`); that is no failure of the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2));

/** The helpdesk sandbox alone, for a system that does not bring its own: the same code, store and options. */
import { BOT_SEAT } from '../../../../local/platform/furnish.ts';
import { createSandbox } from '../../../../local/sandbox/sandbox.ts';
import { startSandboxServer } from '../../../../local/sandbox/server.ts';
import { openSandboxStore } from '../../../../local/sandbox/sqlite-store.ts';

const [file = '', apiKey = ''] = process.argv.slice(2);
const store = openSandboxStore(file);
const sandbox = createSandbox({ store, options: { apiKey, botAgentId: BOT_SEAT, rateLimit: null } });
const server = await startSandboxServer({ sandbox, port: 0 });
process.on('disconnect', () => process.exit(0));
process.send?.({ url: server.url });

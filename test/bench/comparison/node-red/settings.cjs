/** Node-RED for the comparison: the flow and its HTTP nodes, on loopback, and nothing that a production instance would not want. */
const { appendFileSync } = require('node:fs');

// The journals exist from the first start on, as an operator would make them once.
for (const file of [process.env.INBOX_FILE, process.env.DONE_FILE]) appendFileSync(file, '');

module.exports = {
  uiHost: '127.0.0.1',
  uiPort: Number(process.env.PORT),
  httpAdminRoot: false,
  userDir: process.env.NODE_RED_FOLDER,
  flowFile: process.env.FLOW_FILE,
  credentialSecret: false,
  telemetry: { enabled: false, updateNotification: false },
  externalModules: { autoInstall: false, palette: { allowInstall: false }, modules: { allowInstall: false } },
  functionExternalModules: false,
  logging: { console: { level: 'warn', metrics: false, audit: false } },
  nodeMessageBufferMaxLength: 0,
};

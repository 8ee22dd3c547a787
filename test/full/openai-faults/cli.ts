/** 1,000 messages against the stand-in with every fault mixed in (issue 5, item 9). */
import { dollars } from '../../model-faults/audit.ts';
import { CLASSIFIER_FAULTS } from '../../model-faults/mix.ts';
import { runFaults } from '../../model-faults/run.ts';

const MESSAGES = 1_000;
const audit = await runFaults({ messages: MESSAGES, outage: 30, concurrency: 16, timeScale: 0.1 });
const { ours, vendors, behaviours, calls, circuits, wrong } = audit;
process.stdout.write(`${JSON.stringify(behaviours)}\n`);
for (const line of wrong.slice(0, 40)) process.stdout.write(`wrong: ${line}\n`);
const isWhole = audit.settled === MESSAGES && wrong.length === 0 && Object.keys(behaviours).length >= 15;
process.stdout.write(
  `${audit.settled} of ${MESSAGES} settled, ${audit.replied} replied, ${wrong.length} wrongly, ` +
    `${audit.modelFailures} without a usable answer, ${calls} calls with ${CLASSIFIER_FAULTS.length} kinds of fault, ` +
    `circuit ${circuits.join(', ')}\n`,
);
process.stdout.write(
  `tokens ${ours.tokensIn} in, ${ours.tokensOut} out, ${dollars(ours)}; ` +
    `the vendor counted ${vendors.tokensIn} in, ${vendors.tokensOut} out, ${dollars(vendors)}\n`,
);
process.exit(isWhole ? 0 : 1);

import { LIBRARY } from '../../templates/generated/library.ts';
import { embeddedJudges } from '../shared/embedded/judges.ts';
import { liveHandler } from '../shared/live-container.ts';
import { openAiPorts } from '../shared/openai/live-openai.ts';
import { verify } from './handler.ts';

export const handler = await liveHandler('verify', verify.definition.uses, verify, {
  embedded: embeddedJudges(),
  openAi: openAiPorts,
  templates: LIBRARY,
});

/** The log line of platform §6.1: one flat JSON object. */
import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';

export class LogEnvelope extends LogFormatter {
  override formatAttributes({ timestamp, logLevel, message }: UnformattedAttributes, fields: LogAttributes): LogItem {
    return new LogItem({
      attributes: { ts: timestamp.toISOString(), level: logLevel, event: message, ...fields },
    });
  }
}

/** Segments through Powertools' tracer. No payload and no error is captured: both could quote a customer. */
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Trace } from './doors.ts';

export function powertoolsTrace(): Trace {
  const tracer = new Tracer({ serviceName: 'frontdesk', captureHTTPsRequests: false });
  return async (span, fields, run) => {
    if (!tracer.isTracingEnabled()) return run();
    const outcome = tracer.provider.captureAsyncFunc(span, async (segment) => {
      for (const [name, value] of Object.entries(fields)) if (value != null) segment?.addAnnotation(name, value);
      try {
        return await run();
      } catch (error) {
        segment?.addFaultFlag();
        throw error;
      } finally {
        segment?.close();
      }
    });
    return outcome as ReturnType<typeof run>;
  };
}

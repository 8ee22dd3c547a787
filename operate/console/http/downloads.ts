/** Files that the desk has written for a person to take away: too long to be an answer, gone with the instance. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SECURITY_HEADERS, send, text } from './replies.ts';

export type Downloads = { send(response: ServerResponse, name: string): Promise<void> };

/** No path, no hidden file. */
const NAME = /^[a-z0-9][a-z0-9-]{0,80}\.(?:jsonl?|yaml)$/;
const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  jsonl: 'application/jsonl',
  yaml: 'application/yaml',
};

/** @param folder  `null` where nothing can be written for anybody */
export function downloadsIn(folder: string | null): Downloads {
  return {
    async send(response, name) {
      const size = folder === null || !NAME.test(name) ? null : await sizeOf(join(folder, name));
      if (folder === null || size === null) return send(response, text(404, 'this file is not kept any more\n'));
      response.writeHead(200, {
        ...SECURITY_HEADERS,
        'content-type': TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
        'content-disposition': `attachment; filename="${name}"`,
        'content-length': size,
      });
      if (response.req.method === 'HEAD') response.end();
      // Who closes the page in the middle wants no more of it.
      else await pipeline(createReadStream(join(folder, name)), response).catch(() => response.destroy());
    },
  };
}

async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
}

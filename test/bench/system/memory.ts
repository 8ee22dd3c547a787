/** Memory of a process and everything below it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

type Process = { readonly pid: number; readonly parent: number; readonly residentBytes: number };

/**
 * Bytes that a process tree holds. On Linux pages that several share are counted once (PSS); elsewhere the resident bytes
 * are added up, which is more.
 */
export function treeBytes(root: number): number {
  const processes = listProcesses();
  const tree = new Set([root]);
  // Parents come before their children in no particular order: look until nobody new is found.
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
  return processes
    .filter(({ pid }) => tree.has(pid))
    .reduce((sum, one) => sum + (sharedBytes(one.pid) ?? one.residentBytes), 0);
}

function listProcesses(): Process[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, residentBytes: kilobytes * 1024 };
    });
}

function sharedBytes(pid: number): number | null {
  const file = `/proc/${pid}/smaps_rollup`;
  if (!existsSync(file)) return null;
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

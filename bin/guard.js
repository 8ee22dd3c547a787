// The first thing every entry loads: plain syntax only, so that a Node too old for the rest can still say so.

const OLDEST_MAJOR = 20;

/** Ends the process with one line and exit code 2 where Frontdesk cannot run at all. */
export function guard() {
  const complaint = complaintAbout(process.platform, process.version);
  if (complaint === '') return;
  process.stderr.write(`${complaint}\n`);
  process.exit(2);
}

/** The line to print for this platform and Node version, or the empty string where both will do. */
export function complaintAbout(platform, version) {
  if (platform === 'win32') {
    return 'frontdesk: native Windows is not supported; open WSL2 and run the same command there.';
  }
  if (Number(version.slice(1).split('.')[0]) < OLDEST_MAJOR) {
    return `frontdesk: Node ${OLDEST_MAJOR} or newer is needed and this is ${version}; install Node 24, run npm ci, try again.`;
  }
  return '';
}

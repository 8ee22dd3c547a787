/** Why nothing was started, in one line that names the cure; exit code 2 (interfaces §1). */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

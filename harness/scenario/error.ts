/** What is wrong with a scenario, in one line: the place in the file, then what was expected there. */
export class ScenarioError extends Error {
  readonly path: string

  constructor(path: string, message: string) {
    super(path === '' ? message : `${path}: ${message}`)
    this.name = 'ScenarioError'
    this.path = path
  }
}

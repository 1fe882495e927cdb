/** The user asked for something that cannot be: one line for a human, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

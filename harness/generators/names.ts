/** Whether a name is that of a transaction that the story made itself. */
export function isTransactionName(name: string): boolean {
  return /^t\d+$/.test(name)
}

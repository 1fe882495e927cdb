/** A target was asked for something that it cannot do: not a failure, and never a pass. */
export class Abstention extends Error {
  override readonly name = 'Abstention'
}

/** A target is not what it claims to be, or is gone: nothing can be concluded about it. */
export class TargetError extends Error {
  override readonly name = 'TargetError'
}

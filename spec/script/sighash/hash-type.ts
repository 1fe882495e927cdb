/** Sign the output of the same index only; inputs may change their sequences. [Core SIGHASH_SINGLE] */
const SINGLE = 3
/** Sign no output; inputs may change their sequences. [Core SIGHASH_NONE] */
const NONE = 2
/** Sign this input only. [Core SIGHASH_ANYONECANPAY] */
const ANYONE_CAN_PAY = 0x80

/** Which outputs an ECDSA hash type commits to; everything unknown means all. */
export function signedOutputs(hashType: number): 'all' | 'none' | 'single' {
  const low = hashType & 0x1f
  return low === NONE ? 'none' : low === SINGLE ? 'single' : 'all'
}

/** Whether an ECDSA hash type leaves the other inputs out. */
export function isAnyoneCanPay(hashType: number): boolean {
  return (hashType & ANYONE_CAN_PAY) !== 0
}

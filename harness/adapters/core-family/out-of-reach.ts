/** What generated stories cannot come to on a regression-test chain of Core's kind, and why. */
export const OUT_OF_REACH: Readonly<Record<string, string>> = {
  'block-size': 'a megabyte of transactions is too long for a story',
  'block-weight': 'four million units are too long for a story',
  'transaction-size': 'a megabyte is too long for a story',
  'input-values': 'so much money has not been made at its heights',
  'fee-in-range': 'so much money has not been made at its heights',
  'fees-in-range': 'so much money has not been made at its heights',
  'subsidy-ends': 'its last halving is 9,600 blocks away',
  'no-witness': 'segwit is in force from genesis on',
  'signet-solution': 'it is no signet',
}

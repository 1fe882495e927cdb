const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** The logarithm of the gamma function for `x` above 0. [Lanczos 1964, g = 7, n = 9] */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const base = x + 6.5
  let sum = LANCZOS[0]!
  for (let term = 1; term < LANCZOS.length; term++) sum += LANCZOS[term]! / (x - 1 + term)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}

/** P(X ≤ x) of a Beta(a, b) variable. [Abramowitz and Stegun 26.5.8] */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  const isLower = x < (a + 1) / (a + b + 2)
  return isLower ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** P(X ≤ x) of a Gamma(shape, 1) variable. [Abramowitz and Stegun 6.5.29 and 6.5.31] */
export function gammaCdf(x: number, shape: number): number {
  if (x <= 0) return 0
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  if (x >= shape + 1) return 1 - front * gammaFraction(x, shape)
  let term = 1 / shape
  let sum = term
  for (let step = 1; term > sum * PRECISION; step++) {
    term *= x / (shape + step)
    sum += term
  }
  return front * sum
}

const PRECISION = 1e-15
/** Terms of a continued fraction: enough for a hundred million trials. */
const TERMS_MAX = 100_000
const TINY = 1e-300

const away = (value: number) => (Math.abs(value) < TINY ? TINY : value)

/** The modified Lentz method. [Thompson and Barnett 1986] */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= TERMS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let change = 1
    for (const numerator of [even, odd]) {
      d = 1 / away(1 + numerator * d)
      c = away(1 + numerator / c)
      change = c * d
      result *= change
    }
    if (Math.abs(change - 1) < PRECISION) break
  }
  return result
}

function gammaFraction(x: number, shape: number): number {
  let b = x + 1 - shape
  let c = 1 / TINY
  let d = 1 / b
  let result = d
  for (let step = 1; step <= TERMS_MAX; step++) {
    const numerator = -step * (step - shape)
    b += 2
    d = 1 / away(numerator * d + b)
    c = away(b + numerator / c)
    result *= c * d
    if (Math.abs(c * d - 1) < PRECISION) break
  }
  return result
}

/** The `x` from `low` to `high` at which a rising function reaches `goal`, to the last bit that bisection can resolve. */
export function solveRising(
  rising: (x: number) => number,
  goal: number,
  [low, high]: readonly [number, number],
): number {
  let [left, right] = [low, high]
  for (;;) {
    const middle = (left + right) / 2
    if (middle <= left || middle >= right || right - left <= 1e-15 * right) return middle
    if (rising(middle) < goal) left = middle
    else right = middle
  }
}

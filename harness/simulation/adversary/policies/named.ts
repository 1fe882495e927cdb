import { type Policy, policyOf } from './policy.ts'

const MANY = Number.POSITIVE_INFINITY

/** Publishes what it finds, as the protocol asks. */
export const honestPolicy: Policy = policyOf('honest', [
  { lead: [1, MANY], move: 'override' },
  { isContested: true, move: 'adopt' },
  { move: 'wait' },
])

/** Keeps a lead secret, shows all of it when it has shrunk to one, and matches a block when it has one. [Eyal and Sirer 2014] */
export const selfishPolicy: Policy = policyOf('selfish', [
  { lead: [-MANY, -1], move: 'adopt' },
  { lead: [0, 0], isContested: true, move: 'match' },
  { lead: [1, 1], isContested: true, move: 'override' },
  { move: 'wait' },
])

/** As the selfish one, but with a lead of one left it matches and goes on in secret. [Nayak et al. 2016, L-stubborn] */
export const leadStubbornPolicy: Policy = policyOf('lead-stubborn', [
  { lead: [-MANY, -1], move: 'adopt' },
  { isContested: true, move: 'match' },
  { lead: [1, 1], isContested: true, fork: 'active', move: 'override' },
  { move: 'wait' },
])

/** As the selfish one, but it keeps the block that would win a race of equals. [Nayak et al. 2016, F-stubborn] */
export const equalForkStubbornPolicy: Policy = policyOf('equal-fork-stubborn', [
  { lead: [-MANY, -1], move: 'adopt' },
  { lead: [0, 0], isContested: true, move: 'match' },
  { lead: [1, 1], isContested: true, fork: 'relevant', move: 'override' },
  { move: 'wait' },
])

/** As the selfish one, but it goes on while it is one block behind. [Nayak et al. 2016, T1-stubborn] */
export const trailStubbornPolicy: Policy = policyOf('trail-stubborn', [
  { lead: [-MANY, -2], move: 'adopt' },
  { lead: [-1, -1], isContested: true, fork: 'irrelevant', move: 'wait' },
  { lead: [0, 0], isContested: true, move: 'match' },
  { lead: [1, 1], isContested: true, move: 'override' },
  { move: 'wait' },
])

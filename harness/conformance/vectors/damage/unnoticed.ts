interface Reason {
  readonly damages: RegExp
  readonly formats: RegExp
  readonly why: string
}

const REASONS: readonly Reason[] = [
  {
    damages: /^rename$/,
    formats: /^(?!former)/,
    why: 'a format is recognised by what a file holds, never from its name',
  },
  {
    damages: /^(drop|cut)$/,
    formats:
      /tests|transactions|hashes|signatures|SipHash|base58|addresses|filters|assets|spends|wallet|single blocks/,
    why: 'each row stands by itself: only a list of files with hashes misses one',
  },
  {
    damages: /^(drop|cut|swap|blank)$/,
    formats: /blocks|headers|alternative/,
    why: 'a chain that ends earlier, or whose blocks arrive in another order, is a chain',
  },
  {
    damages: /^(flip|swap|misspell|expect)$/,
    formats: /script tests|transactions|addresses|non-canonical/,
    why: 'comments ask nothing, and what has to fail fails with other bytes, too',
  },
  {
    damages: /^(repeat|drop)$/,
    formats: /tests|transactions|signatures|wallet/,
    why: 'a comment that is there twice, or a case that is asked twice, asks nothing else',
  },
  {
    damages: /^(flip|swap)$/,
    formats: /canonical/,
    why: 'it is the encoding that is asked for, not what the numbers sign',
  },
  {
    damages: /^(flip|expect)$/,
    formats: /BIP341 wallet|BIP340/,
    why: 'secrets and what only signers need ask nothing of a verifier',
  },
  {
    damages: /^flip$/,
    formats: /^transaction$/,
    why: 'of a transaction whose coins are unknown nothing is asked but that it can be read',
  },
  {
    damages: /^flip$/,
    formats: /block with coins/,
    why: 'signatures from before segwit do not sign the values of the coins they spend',
  },
  {
    damages: /^flip$/,
    formats: /blocks|block tests/,
    why: 'before the easy target of a test chain another header of the last block is as good',
  },
  {
    damages: /^(flip|swap|misspell)$/,
    formats: /filters|block tests|assets|spends/,
    why: 'names and comments ask nothing',
  },
]

/** Why a run need not notice this harm to a file of this format; undefined when it has to. */
export function whyUnnoticed(damage: string, format: string): string | undefined {
  return REASONS.find((reason) => reason.damages.test(damage) && reason.formats.test(format))?.why
}

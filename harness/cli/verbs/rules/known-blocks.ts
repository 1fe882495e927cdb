/** Blocks on which rules depend by name; public facts. [Core kernel/chainparams.cpp, consensus] */
const KNOWN_BLOCKS: Readonly<Record<string, readonly (readonly [height: number, hash: string])[]>> = {
  bitcoin: [
    [91842, '00000000000a4d0a398161ffc163c503763b1f4360639393e0e4c8e300e0caec'],
    [91880, '00000000000743f190a18c5577a3c2d2a1f610ae9601ac046a38084ccb7cd721'],
    [170060, '00000000000002dc756eebf4f49723ed8d30cc28a5f108eb94b1ba88ac4f9c22'],
    [227931, '000000000000024b89b42a942fe0d9fea3bb44ab7bd1b19115dd6a759c0808b8'],
    [692261, '0000000000000000000f14c35b2d841e986ab5441de8c585d5ffe55ea1e395ad'],
  ],
  testnet3: [
    [394, '00000000dd30457c001f4095d208cc1296b0eed002427aa599874af7a432b105'],
    [21111, '0000000023b3a96d3484e5abb3755c413e7d41500f8e2a5c3f0dd01299cd8ef8'],
  ],
}

/** Blocks of a chain whose name a rule knows, lowest first. */
export function knownBlocks(chain: string): readonly (readonly [height: number, hash: string])[] {
  return KNOWN_BLOCKS[chain] ?? []
}

/** What fields say that do not say it where they stand: those of a chain file, and those of every request and answer. */
const FIELDS: Readonly<Record<string, string>> = {
  addresses: 'How addresses of this chain are written.',
  allowMinDifficulty:
    'true: a block later than twice the spacing after its parent may have the lowest difficulty. [Core fPowAllowMinDifficultyBlocks]',
  bech32: 'The part of witness addresses that people read, such as bc. [BIP173]',
  bip16: 'When outputs that pay to a script hash are verified. [BIP16]',
  bip30Exceptions: 'Blocks whose coinbase may overwrite unspent coins of the same txid. [BIP30]',
  bip34: 'When a coinbase says its height. [BIP34]',
  bip65: 'When CHECKLOCKTIMEVERIFY is in force. [BIP65]',
  bip66: 'When signatures are strictly DER. [BIP66]',
  bit: 'The bit of the version by which blocks signal. [BIP9]',
  coinbaseMaturityBlocks:
    'How many blocks deep a coinbase is before it is spent, counting the spending block.',
  csv: 'When relative lock times are in force. [BIP68, BIP112, BIP113]',
  deployments: 'When each soft fork is in force.',
  enforceBip94:
    'true: a retarget starts from the first block of its period, and the time at the start of a period is bounded. [BIP94]',
  error: 'Why the request was not understood or could not be met.',
  exceptions: "Core's names of flags that are left out for the scripts of one block, by its hash.",
  features: 'The features under which the scripts of this block are judged, and no others.',
  genesisBlock: 'The whole genesis block, serialized, in hex.',
  halvingIntervalBlocks: 'After so many blocks the subsidy halves.',
  hash: 'A block hash as people write it: byte order reversed.',
  height: 'A height; the genesis block has 0.',
  initialSubsidySats: 'The subsidy of the first blocks, in sats.',
  limits: 'The numbers in the rules.',
  lockInOnTimeout:
    'true: at the timeout the fork locks in rather than fails, and in the period before it blocks must signal. [BIP8]',
  magic: 'Four bytes, in hex, that start each message between peers.',
  maxBlockSigopsCost:
    'The most that the signature operations of a block may cost; a legacy one costs 4. [BIP141]',
  maxBlockWeight: 'The most that a block may weigh. [BIP141]',
  maxFutureSeconds: 'How far the time of a header may be ahead of the clock.',
  maxMoneySats: 'The most that an output or a sum of outputs may be, in sats.',
  medianTime: 'In force for a block whose parent has at least this median time past, in Unix seconds.',
  medianTimeSpanBlocks: 'Of so many blocks the middle time is the median time past.',
  minActivationHeight: 'The fork is not in force below this height. [BIP9 as amended for taproot]',
  minVersionWithSegwit: 'The least version of a header once segwit is in force; 0: any. [Litecoin]',
  name: 'A name: lower-case letters, digits and hyphens.',
  noRetargeting: "true: every block has its parent's target. [Core fPowNoRetargeting]",
  op: 'What is asked.',
  p2pkh: 'The first byte of an address that pays to a key hash.',
  p2sh: 'The first byte of an address that pays to a script hash.',
  port: 'The port on which peers listen.',
  powLimit: 'The largest target, as a number of 64 hex digits.',
  proofOfWork:
    'The hash of a header that must not exceed its target; its name is sha256d of it on every chain.',
  retargetIntervalBlocks: 'After so many blocks the target changes.',
  rpcPort: 'The port on which the operator asks.',
  scriptFlagExceptions: 'Blocks whose scripts are judged under fewer features. [Core script_flag_exceptions]',
  scriptsFromGenesis:
    'true: P2SH, witness and taproot scripts are judged in every block, whatever their deployments say. [Core GetBlockScriptFlags]',
  secretKey: 'The first byte of a private key as people write it.',
  segwit: 'When witnesses are committed to and judged. [BIP141, BIP143, BIP147]',
  signetChallenge: 'The script, in hex, that must authorise each block. [BIP325]',
  specifiedBelowHeight:
    'From this height on the chain has rules that are not specified here: its blocks are neither valid nor invalid.',
  startHeight: 'Signalling begins at the first period from this height on. [BIP8]',
  startTime: 'Signalling begins at the first period after this median time past, in Unix seconds. [BIP9]',
  taproot: 'When taproot outputs are judged. [BIP341, BIP342]',
  targetSpacingSeconds: 'The time between two blocks at which the target stays.',
  threshold: 'So many blocks of a period must signal.',
  timeout: 'The fork fails at the first period after this median time past, in Unix seconds. [BIP9]',
  timeoutHeight: 'Signalling ends at the first period from this height on. [BIP8]',
  value: 'The answer to the question of that number.',
  wholePeriodRetarget:
    'true: a retarget measures whole periods, from the block before the period on. [Litecoin]',
  window: 'The length of a period in blocks.',
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field that does not say what it is. */
const isSilent = (field: Json): field is { readonly [key: string]: Json } =>
  isObject(field) && !('description' in field) && !('const' in field)

/** What a field is, by `place.field` or by its name alone. */
export type Words = Readonly<Record<string, string>>

/**
 * A JSON Schema in which every field that says nothing of itself is described. The place of a field is the field that
 * holds it; in a step of a scenario it is what the step does; at the top it is empty.
 */
export function described<Schema>(schema: Schema, words: Words = {}): Schema {
  return withWords(schema as unknown as Json, '', { ...FIELDS, ...words }) as unknown as Schema
}

function withWords(schema: Json, place: string, words: Words): Json {
  if (Array.isArray(schema)) return schema.map((part) => withWords(part, place, words))
  if (!isObject(schema)) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([key, part]) => [
      key,
      key === 'properties' && isObject(part)
        ? describedFields(part, stepOf(part) ?? place, words)
        : withWords(part, place, words),
    ]),
  )
}

function describedFields(fields: { readonly [key: string]: Json }, place: string, words: Words): Json {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const worded = withWords(field, name, words)
      const said = words[`${place}.${name}`] ?? words[name]
      return [name, isSilent(worded) && said !== undefined ? { ...worded, description: said } : worded]
    }),
  )
}

/** What the step does whose fields these are. */
function stepOf({ do: kind }: { readonly [key: string]: Json }): string | undefined {
  return kind !== undefined && isObject(kind) && typeof kind.const === 'string' ? kind.const : undefined
}

/** The fields of a JSON Schema that say nothing of themselves, by name. */
export function undescribedFields(schema: unknown): readonly string[] {
  const silent = new Set<string>()
  const walk = (part: Json) => {
    if (Array.isArray(part)) part.forEach(walk)
    if (!isObject(part)) return
    const { properties } = part
    if (properties !== undefined && isObject(properties))
      for (const [name, field] of Object.entries(properties)) if (isSilent(field)) silent.add(name)
    Object.values(part).forEach(walk)
  }
  walk(schema as Json)
  return [...silent].sort()
}

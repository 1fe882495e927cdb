/** How the value of an option is written. */
export type OptionKind = 'flag' | 'text' | 'list' | 'integer' | 'amount'

/** One option, under bitcoind's name and without its dash. */
export interface Option {
  readonly kind: OptionKind
  readonly meaning: string
  /** Counts for the chain's own section only when it stands in the configuration file. [Core NETWORK_ONLY] */
  readonly perChain?: true
}

function flag(meaning: string): Option {
  return { kind: 'flag', meaning }
}

function text(meaning: string): Option {
  return { kind: 'text', meaning }
}

function integer(meaning: string): Option {
  return { kind: 'integer', meaning }
}

function amount(meaning: string): Option {
  return { kind: 'amount', meaning }
}

function list(meaning: string): Option {
  return { kind: 'list', meaning }
}

function perChain(option: Option): Option {
  return { ...option, perChain: true }
}

export const WITHOUT_EFFECT = 'accepted, without effect'

/** What the daemon understands. One more option is one line here and its use. */
export const OPTIONS = {
  // the process
  help: flag('print the options and exit'),
  version: flag('print the version and exit'),
  datadir: text('directory of all data (default: ~/.touchstone)'),
  conf: text('configuration file (default: bitcoin.conf in the data directory)'),
  pid: text('file that holds the process number while the daemon runs'),
  blocksdir: text('directory under which the block files lie (default: that of all data)'),
  includeconf: list('another configuration file'),
  daemonwait: flag('accepted; the daemon stays in the foreground'),
  daemon: flag('accepted; the daemon stays in the foreground'),
  startupnotify: text('command to run once the daemon has started'),
  shutdownnotify: text('command to run before the daemon ends'),
  blocknotify: text('command to run when the tip changes; %s stands for its hash'),
  mocktime: integer('Unix time in seconds at which the clock stands, for tests'),
  stopatheight: integer('end the daemon once the tip is so high'),

  // the chain
  chain: text('main, test, testnet4, signet, regtest (default: main), or the path of a chain file'),
  regtest: flag('chain=regtest'),
  testnet: flag('chain=test'),
  testnet4: flag('chain=testnet4'),
  signet: flag('chain=signet'),
  signetchallenge: text('script of a signet of one’s own, in hex'),
  testactivationheight: list(
    'NAME@HEIGHT: a soft fork of regtest begins there (segwit, bip34, dersig, cltv, csv)',
  ),
  vbparams: list('NAME:START:END[:MINHEIGHT]: a soft fork of regtest is voted on (testdummy, taproot)'),
  test: list('bip94: regtest has the rules of BIP94'),
  minimumchainwork: text('work in hex below which a chain is not followed'),
  maxtipage: integer('seconds; an older tip means that the node still catches up (default: 86400)'),
  assumevalid: text('hash of a block below which scripts are taken as right; 0: judge all (default: 0)'),

  // the store
  dbcache: integer('MiB of coins in memory (default: 450)'),
  par: integer('threads for scripts; 0: one for each core, -N: leave N cores free (default: 0)'),
  fastprune: flag('small block files, for tests'),
  reindex: flag('rebuild everything from the block files'),
  'reindex-chainstate': flag('rebuild the coins from the blocks'),
  loadblock: list('file of blocks to import at the start'),
  prune: integer('accepted with a warning: all blocks are kept'),
  txindex: flag('keep an index of all confirmed transactions'),
  ledgerindex: flag('keep the totals of the book of double entry at each block'),
  txospenderindex: flag('keep an index of what spent each coin'),
  coinstatsindex: flag('accepted: there is no index of coins'),
  blockfilterindex: text('keep block filters [BIP158]: 1 or basic'),
  checkcoins: flag('count and add up all coins at the start (default: 1)'),
  checkblockindex: text('accepted, for tests'),
  checkmempool: text('accepted, for tests'),
  checkaddrman: text('accepted, for tests'),
  checkblocks: integer('accepted: the store is checked as it is read'),
  checklevel: integer('accepted: the store is checked as it is read'),
  blocksxor: flag('accepted'),

  // peers
  listen: flag('accept connections (default: 1)'),
  bind: perChain(list('ADDRESS[:PORT][=onion]: listen there')),
  whitebind: perChain(list('PERMISSIONS@ADDRESS: listen there, and trust those who come')),
  port: perChain(integer('listen on this port')),
  connect: perChain(list('connect to this node alone; 0: to none')),
  addnode: perChain(list('keep a connection to this node')),
  seednode: list('accepted'),
  maxconnections: integer('connections at most (default: 125)'),
  networkactive: flag('traffic with peers (default: 1)'),
  blocksonly: flag('leave unconfirmed transactions alone'),
  peerblockfilters: flag('serve block filters to peers [BIP157]'),
  peertimeout: integer('seconds within which a handshake must be done (default: 60)'),
  timeout: integer('milliseconds for a connection to be made (default: 5000)'),
  whitelist: list('PERMISSIONS@ADDRESS: trust peers from there'),
  uacomment: list('comment in the user agent'),
  maxreceivebuffer: integer('thousands of bytes of one peer that wait (default: 5000)'),
  maxsendbuffer: integer('thousands of bytes for one peer that wait (default: 1000)'),
  bantime: integer('seconds of a ban (default: 86400)'),

  // the pool
  acceptnonstdtxn: flag('take transactions of unusual form (test chains only)'),
  minrelaytxfee: amount('coins per 1,000 virtual bytes below which nothing is relayed'),
  incrementalrelayfee: amount('coins per 1,000 virtual bytes that a replacement must add'),
  dustrelayfee: amount('coins per 1,000 virtual bytes that define dust'),
  bytespersigop: integer('virtual bytes that a signature operation counts for at least'),
  datacarrier: flag('take outputs that carry data (default: 1)'),
  datacarriersize: integer('bytes of such outputs in a transaction at most'),
  permitbaremultisig: flag('take bare multisig outputs (default: 1)'),
  maxmempool: integer('megabytes of the pool (default: 300)'),
  mempoolexpiry: integer('hours that a transaction may wait (default: 336)'),
  limitancestorcount: integer('unconfirmed ancestors, itself included, at most'),
  limitdescendantcount: integer('unconfirmed descendants, itself included, at most'),
  limitclustercount: integer('transactions of a family at most'),
  limitclustersize: integer('thousands of virtual bytes of a family at most'),
  persistmempool: flag('keep the pool over a restart (default: 1)'),

  // mining
  blockmaxweight: integer('weight of our own blocks at most'),
  blockreservedweight: integer('weight kept for header and coinbase (default: 8000)'),
  blockmintxfee: amount('coins per 1,000 virtual bytes below which a block takes nothing'),
  blockversion: integer('version of our own blocks, for tests'),

  // RPC and HTTP
  server: flag('answer RPC (default: 1)'),
  metrics: flag('answer /metrics, /health/live and /health/ready without credentials (default: 0)'),
  rest: flag('answer REST without credentials (default: 0)'),
  rpcbind: perChain(list('ADDRESS[:PORT]: answer RPC there (default: loopback)')),
  rpcport: perChain(integer('port of RPC')),
  rpcallowip: list('address or subnet from which RPC may come (default: loopback)'),
  rpcuser: text('name of the one user'),
  rpcpassword: text('password of the one user'),
  rpcauth: list('NAME:SALT$HASH of a user'),
  rpcwhitelist: list('NAME:METHOD,METHOD: all that this user may call'),
  rpcwhitelistdefault: flag('users without a whitelist may call nothing'),
  rpccookiefile: text('file of the cookie (default: .cookie in the data directory of the chain)'),
  rpccookieperms: text('who may read the cookie: owner, group, all (default: owner)'),
  rpcservertimeout: integer('seconds within which a request must be read (default: 30)'),
  rpcthreads: integer('requests that are answered at a time, beside those that wait (default: 16)'),
  rpcworkqueue: integer('requests that wait; one more is refused (default: 64)'),
  rpcdoccheck: flag('accepted'),

  // logs
  debug: list('categories to log; 1: all'),
  debugexclude: list('categories not to log'),
  debuglogfile: text('log file (default: debug.log in the data directory of the chain); 0: none'),
  printtoconsole: flag('log to stdout (default: 0)'),
  shrinkdebugfile: flag('accepted'),
  logjson: text('file that gets the log as lines of JSON, with an event in each; -: stdout'),
  logips: flag('addresses in the log (default: 0)'),
  logtimestamps: flag('times in the log (default: 1)'),
  logtimemicros: flag('microseconds in the log (default: 0)'),
  logthreadnames: flag('threads in the log (default: 0)'),
  logsourcelocations: flag('accepted: the log names no source lines'),
  loglevel: list('accepted'),
  loglevelalways: flag('categories and levels on every line'),
  logratelimit: flag('accepted'),

  // accepted and without effect: what there is no part for
  ...withoutEffect([
    'alertnotify',
    'allowignoredconf',
    'asmap',
    'blockreconstructionextratxn',
    'capturemessages',
    'checkpoints',
    'cjdnsreachable',
    'dbbatchsize',
    'deprecatedrpc',
    'disablewallet',
    'discover',
    'dns',
    'dnsseed',
    'externalip',
    'fallbackfee',
    'fixedseeds',
    'forcednsseed',
    'i2pacceptincoming',
    'i2psam',
    'ipcbind',
    'keypool',
    'limitancestorsize',
    'limitdescendantsize',
    'listenonion',
    'maxsigcachesize',
    'maxuploadtarget',
    'natpmp',
    'onion',
    'onlynet',
    'peerbloomfilters',
    'persistmempoolv1',
    'printpriority',
    'privatebroadcast',
    'proxy',
    'proxyrandomize',
    'settings',
    'signetseednode',
    'stopafterblockimport',
    'torcontrol',
    'torpassword',
    'txreconciliation',
    'unsafesqlitesync',
    'v2transport',
    'wallet',
    'walletdir',
    'whitelistforcerelay',
    'whitelistrelay',
    'acceptstalefeeestimates',
    'addresstype',
    'avoidpartialspends',
    'changetype',
    'consolidatefeerate',
    'discardfee',
    'maxapsfee',
    'maxtxfee',
    'mintxfee',
    'paytxfee',
    'signer',
    'spendzeroconfchange',
    'txconfirmtarget',
    'walletbroadcast',
    'walletcrosschain',
    'walletnotify',
    'walletrbf',
    'walletrejectlongchains',
  ]),
} satisfies Readonly<Record<string, Option>>

export type OptionName = keyof typeof OPTIONS

function withoutEffect<const Name extends string>(names: readonly Name[]): Record<Name, Option> {
  return Object.fromEntries(names.map((name) => [name, list(WITHOUT_EFFECT)])) as Record<Name, Option>
}

/** What makes a client of Core's family run by itself, on data and ports of its own. [Core init.cpp] */
export const BY_ITSELF: readonly string[] = [
  '-regtest',
  '-datadir={datadir}',
  '-server',
  '-rpcport={rpcPort}',
  '-rpcthreads=1',
  '-bind=127.0.0.1:{p2pPort}',
  '-connect=0',
  '-listen=1',
  '-listenonion=0',
  '-discover=0',
  '-printtoconsole=0',
  '-persistmempool=0',
  '-maxtipage=4000000000',
  '-whitelist=noban@127.0.0.1',
  '-debug=validation',
]

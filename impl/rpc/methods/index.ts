import type { Method } from '../method.ts'
import { getbestblockhash } from './blockchain/getbestblockhash.ts'
import { getblock } from './blockchain/getblock.ts'
import { getblockchaininfo } from './blockchain/getblockchaininfo.ts'
import { getblockcount } from './blockchain/getblockcount.ts'
import { getblockfilter } from './blockchain/getblockfilter.ts'
import { getblockhash } from './blockchain/getblockhash.ts'
import { getblockheader } from './blockchain/getblockheader.ts'
import { getblockstats } from './blockchain/getblockstats.ts'
import { getchainstates } from './blockchain/getchainstates.ts'
import { getchaintips } from './blockchain/getchaintips.ts'
import { getchaintxstats } from './blockchain/getchaintxstats.ts'
import { getdeploymentinfo } from './blockchain/getdeploymentinfo.ts'
import { getdifficulty } from './blockchain/getdifficulty.ts'
import { gettxout } from './blockchain/gettxout.ts'
import { gettxoutproof } from './blockchain/gettxoutproof.ts'
import { gettxoutsetinfo } from './blockchain/gettxoutsetinfo.ts'
import { invalidateblock } from './blockchain/invalidateblock.ts'
import { preciousblock } from './blockchain/preciousblock.ts'
import { pruneblockchain } from './blockchain/pruneblockchain.ts'
import { reconsiderblock } from './blockchain/reconsiderblock.ts'
import { scantxoutset } from './blockchain/scantxoutset.ts'
import { verifychain } from './blockchain/verifychain.ts'
import { verifytxoutproof } from './blockchain/verifytxoutproof.ts'
import { waitforblock } from './blockchain/waitforblock.ts'
import { waitforblockheight } from './blockchain/waitforblockheight.ts'
import { waitfornewblock } from './blockchain/waitfornewblock.ts'
import { echo } from './control/echo.ts'
import { echojson } from './control/echojson.ts'
import { getmemoryinfo } from './control/getmemoryinfo.ts'
import { getrpcinfo } from './control/getrpcinfo.ts'
import { getzmqnotifications } from './control/getzmqnotifications.ts'
import { help } from './control/help.ts'
import { logging } from './control/logging.ts'
import { mockscheduler } from './control/mockscheduler.ts'
import { rpcDiscover } from './control/rpc-discover.ts'
import { setmocktime } from './control/setmocktime.ts'
import { stop } from './control/stop.ts'
import { syncwithvalidationinterfacequeue } from './control/syncwithvalidationinterfacequeue.ts'
import { uptime } from './control/uptime.ts'
import { getmempoolancestors } from './mempool/getmempoolancestors.ts'
import { getmempooldescendants } from './mempool/getmempooldescendants.ts'
import { getmempoolentry } from './mempool/getmempoolentry.ts'
import { getmempoolinfo } from './mempool/getmempoolinfo.ts'
import { getorphantxs } from './mempool/getorphantxs.ts'
import { getrawmempool } from './mempool/getrawmempool.ts'
import { gettxspendingprevout } from './mempool/gettxspendingprevout.ts'
import { importmempool } from './mempool/importmempool.ts'
import { savemempool } from './mempool/savemempool.ts'
import { generate } from './mining/generate.ts'
import { generateblock } from './mining/generateblock.ts'
import { generatetoaddress } from './mining/generatetoaddress.ts'
import { generatetodescriptor } from './mining/generatetodescriptor.ts'
import { getblocktemplate } from './mining/getblocktemplate.ts'
import { getmininginfo } from './mining/getmininginfo.ts'
import { getnetworkhashps } from './mining/getnetworkhashps.ts'
import { getprioritisedtransactions } from './mining/getprioritisedtransactions.ts'
import { prioritisetransaction } from './mining/prioritisetransaction.ts'
import { submitblock } from './mining/submitblock.ts'
import { submitheader } from './mining/submitheader.ts'
import { addconnection } from './network/addconnection.ts'
import { addnode } from './network/addnode.ts'
import { clearbanned } from './network/clearbanned.ts'
import { disconnectnode } from './network/disconnectnode.ts'
import { getaddednodeinfo } from './network/getaddednodeinfo.ts'
import { getconnectioncount } from './network/getconnectioncount.ts'
import { getnettotals } from './network/getnettotals.ts'
import { getnetworkinfo } from './network/getnetworkinfo.ts'
import { getpeerinfo } from './network/getpeerinfo.ts'
import { listbanned } from './network/listbanned.ts'
import { ping } from './network/ping.ts'
import { setban } from './network/setban.ts'
import { setnetworkactive } from './network/setnetworkactive.ts'
import { combinerawtransaction } from './rawtransactions/combinerawtransaction.ts'
import { createrawtransaction } from './rawtransactions/createrawtransaction.ts'
import { decoderawtransaction } from './rawtransactions/decoderawtransaction.ts'
import { decodescript } from './rawtransactions/decodescript.ts'
import { getrawtransaction } from './rawtransactions/getrawtransaction.ts'
import { sendrawtransaction } from './rawtransactions/sendrawtransaction.ts'
import { signrawtransactionwithkey } from './rawtransactions/signrawtransactionwithkey.ts'
import { testmempoolaccept } from './rawtransactions/testmempoolaccept.ts'
import { createmultisig } from './util/createmultisig.ts'
import { deriveaddresses } from './util/deriveaddresses.ts'
import { getdescriptorinfo } from './util/getdescriptorinfo.ts'
import { getindexinfo } from './util/getindexinfo.ts'
import { signmessagewithprivkey } from './util/signmessagewithprivkey.ts'
import { validateaddress } from './util/validateaddress.ts'
import { verifymessage } from './util/verifymessage.ts'

/** Every method by its name. One more method is one file and one line here. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  [
    getbestblockhash,
    getblock,
    getblockchaininfo,
    getblockcount,
    getblockfilter,
    getblockhash,
    getblockheader,
    getblockstats,
    getchainstates,
    getchaintips,
    getchaintxstats,
    getdeploymentinfo,
    getdifficulty,
    gettxout,
    gettxoutproof,
    gettxoutsetinfo,
    invalidateblock,
    preciousblock,
    pruneblockchain,
    reconsiderblock,
    scantxoutset,
    verifychain,
    verifytxoutproof,
    waitforblock,
    waitforblockheight,
    waitfornewblock,
    echo,
    echojson,
    getmemoryinfo,
    getrpcinfo,
    getzmqnotifications,
    help,
    logging,
    mockscheduler,
    rpcDiscover,
    setmocktime,
    stop,
    syncwithvalidationinterfacequeue,
    uptime,
    getmempoolancestors,
    getmempooldescendants,
    getmempoolentry,
    getmempoolinfo,
    getorphantxs,
    getrawmempool,
    gettxspendingprevout,
    importmempool,
    savemempool,
    generate,
    generateblock,
    generatetoaddress,
    generatetodescriptor,
    getblocktemplate,
    getmininginfo,
    getnetworkhashps,
    getprioritisedtransactions,
    prioritisetransaction,
    submitblock,
    submitheader,
    addconnection,
    addnode,
    clearbanned,
    disconnectnode,
    getaddednodeinfo,
    getconnectioncount,
    getnettotals,
    getnetworkinfo,
    getpeerinfo,
    listbanned,
    ping,
    setban,
    setnetworkactive,
    combinerawtransaction,
    createrawtransaction,
    decoderawtransaction,
    decodescript,
    getrawtransaction,
    sendrawtransaction,
    signrawtransactionwithkey,
    testmempoolaccept,
    createmultisig,
    deriveaddresses,
    getdescriptorinfo,
    getindexinfo,
    signmessagewithprivkey,
    validateaddress,
    verifymessage,
  ].map((method) => [method.name, method]),
)

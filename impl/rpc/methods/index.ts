import type { Method } from '../method.ts'
import { getbestblockhash } from './blockchain/getbestblockhash.ts'
import { getblock } from './blockchain/getblock.ts'
import { getblockchaininfo } from './blockchain/getblockchaininfo.ts'
import { getblockcount } from './blockchain/getblockcount.ts'
import { getblockhash } from './blockchain/getblockhash.ts'
import { getblockheader } from './blockchain/getblockheader.ts'
import { getchaintips } from './blockchain/getchaintips.ts'
import { getdeploymentinfo } from './blockchain/getdeploymentinfo.ts'
import { gettxout } from './blockchain/gettxout.ts'
import { gettxoutsetinfo } from './blockchain/gettxoutsetinfo.ts'
import { invalidateblock } from './blockchain/invalidateblock.ts'
import { preciousblock } from './blockchain/preciousblock.ts'
import { reconsiderblock } from './blockchain/reconsiderblock.ts'
import { scantxoutset } from './blockchain/scantxoutset.ts'
import { waitforblock } from './blockchain/waitforblock.ts'
import { waitforblockheight } from './blockchain/waitforblockheight.ts'
import { waitfornewblock } from './blockchain/waitfornewblock.ts'
import { createmultisig } from './control/createmultisig.ts'
import { echo } from './control/echo.ts'
import { echojson } from './control/echojson.ts'
import { getdescriptorinfo } from './control/getdescriptorinfo.ts'
import { getindexinfo } from './control/getindexinfo.ts'
import { getrpcinfo } from './control/getrpcinfo.ts'
import { help } from './control/help.ts'
import { logging } from './control/logging.ts'
import { mockscheduler } from './control/mockscheduler.ts'
import { setmocktime } from './control/setmocktime.ts'
import { stop } from './control/stop.ts'
import { syncwithvalidationinterfacequeue } from './control/syncwithvalidationinterfacequeue.ts'
import { uptime } from './control/uptime.ts'
import { validateaddress } from './control/validateaddress.ts'
import { decoderawtransaction } from './mempool/decoderawtransaction.ts'
import { getmempoolancestors } from './mempool/getmempoolancestors.ts'
import { getmempooldescendants } from './mempool/getmempooldescendants.ts'
import { getmempoolentry } from './mempool/getmempoolentry.ts'
import { getmempoolinfo } from './mempool/getmempoolinfo.ts'
import { getorphantxs } from './mempool/getorphantxs.ts'
import { getrawmempool } from './mempool/getrawmempool.ts'
import { getrawtransaction } from './mempool/getrawtransaction.ts'
import { sendrawtransaction } from './mempool/sendrawtransaction.ts'
import { testmempoolaccept } from './mempool/testmempoolaccept.ts'
import { generateblock } from './mining/generateblock.ts'
import { generatetoaddress } from './mining/generatetoaddress.ts'
import { generatetodescriptor } from './mining/generatetodescriptor.ts'
import { getblocktemplate } from './mining/getblocktemplate.ts'
import { getmininginfo } from './mining/getmininginfo.ts'
import { getnetworkhashps } from './mining/getnetworkhashps.ts'
import { submitblock } from './mining/submitblock.ts'
import { submitheader } from './mining/submitheader.ts'
import { addconnection } from './network/addconnection.ts'
import { addnode } from './network/addnode.ts'
import { disconnectnode } from './network/disconnectnode.ts'
import { getconnectioncount } from './network/getconnectioncount.ts'
import { getnettotals } from './network/getnettotals.ts'
import { getnetworkinfo } from './network/getnetworkinfo.ts'
import { getpeerinfo } from './network/getpeerinfo.ts'
import { ping } from './network/ping.ts'
import { setnetworkactive } from './network/setnetworkactive.ts'

/** Every method by its name. One more method is one file and one line here. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  [
    getbestblockhash,
    getblock,
    getblockchaininfo,
    getblockcount,
    getblockhash,
    getblockheader,
    getchaintips,
    getdeploymentinfo,
    gettxout,
    gettxoutsetinfo,
    invalidateblock,
    preciousblock,
    reconsiderblock,
    scantxoutset,
    waitforblock,
    waitforblockheight,
    waitfornewblock,
    createmultisig,
    echo,
    echojson,
    getdescriptorinfo,
    getindexinfo,
    getrpcinfo,
    help,
    logging,
    mockscheduler,
    setmocktime,
    stop,
    syncwithvalidationinterfacequeue,
    uptime,
    validateaddress,
    decoderawtransaction,
    getmempoolancestors,
    getmempooldescendants,
    getmempoolentry,
    getmempoolinfo,
    getorphantxs,
    getrawmempool,
    getrawtransaction,
    sendrawtransaction,
    testmempoolaccept,
    generateblock,
    generatetoaddress,
    generatetodescriptor,
    getblocktemplate,
    getmininginfo,
    getnetworkhashps,
    submitblock,
    submitheader,
    addconnection,
    addnode,
    disconnectnode,
    getconnectioncount,
    getnettotals,
    getnetworkinfo,
    getpeerinfo,
    ping,
    setnetworkactive,
  ].map((method) => [method.name, method]),
)

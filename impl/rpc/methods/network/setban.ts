import { method } from '../../method.ts'
import { flag, integer, optional, text } from '../../parameter.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'
import { usageOf } from '../../usage.ts'

export const setban = method({
  name: 'setban',
  category: 'network',
  summary: 'Bans an address or subnet, or lifts a ban',
  parameters: {
    subnet: text('The address, which may have a netmask'),
    command: text('"add" or "remove"'),
    bantime: optional(integer('Seconds, or until when; 0: as -bantime says'), 0),
    absolute: optional(flag('bantime is a Unix time'), false),
  },
  run: ({ subnet, command, bantime, absolute }, { connections, now }) => {
    const seconds = Math.floor(now() / 1000)
    switch (command) {
      case 'add': {
        if (absolute && bantime < seconds) throw invalidParameter('Error: Absolute timestamp is in the past')
        const until = bantime === 0 ? undefined : absolute ? bantime : seconds + bantime
        const outcome = connections.ban(subnet, until)
        if (outcome === 'invalid') throw new RpcError(RPC.invalidAddressOrSubnet, 'Error: Invalid IP/Subnet')
        if (outcome === 'already') throw new RpcError(RPC.alreadyAdded, 'Error: IP/Subnet already banned')
        return null
      }
      case 'remove':
        if (!connections.bans.remove(subnet))
          throw new RpcError(
            RPC.invalidAddressOrSubnet,
            'Error: Unban failed. Requested address/subnet was not previously manually banned.',
          )
        return null
      default:
        throw new RpcError(RPC.misc, usageOf(setban))
    }
  },
})

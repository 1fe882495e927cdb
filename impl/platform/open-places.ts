import type { HttpAnswer, HttpRequest, OpenPlaces, Settings } from '../daemon/index.ts'
import { answerRest, ROUTES, type RpcNode } from '../rpc/index.ts'
import type { Prometheus } from './prometheus.ts'

/** What is answered without credentials, as options open it: REST, metrics, and whether the daemon is well. */
export function openPlaces(settings: Settings, node: RpcNode, metrics: Prometheus): OpenPlaces {
  const hasRest = settings.flag('rest')
  const hasMetrics = settings.flag('metrics')
  return ({ path, body }: HttpRequest) => {
    const [place] = path.split('?')
    if (hasRest && path.startsWith('/rest/')) return answerRest(ROUTES, path, body, node)
    if (!hasMetrics) return undefined
    if (place === '/metrics')
      return metrics.render().then((text) => ({ status: 200, contentType: metrics.contentType, body: text }))
    if (place === '/health/live') return health({ live: true }, true)
    if (place === '/health/ready') return readiness(node)
    return undefined
  }
}

/** Ready: the tip is that of the present, and the daemon is not about to end. */
function readiness(node: RpcNode): HttpAnswer {
  const isBehind = node.view.network.isCatchingUp(node.now())
  const reason = node.isStopping() ? 'the daemon ends' : isBehind ? 'the chain is not caught up' : undefined
  return health(
    { ready: reason === undefined, ...(reason === undefined ? {} : { reason }) },
    reason === undefined,
  )
}

function health(body: Readonly<Record<string, unknown>>, isWell: boolean): HttpAnswer {
  return { status: isWell ? 200 : 503, contentType: 'application/json', body: `${JSON.stringify(body)}\n` }
}

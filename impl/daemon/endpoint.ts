export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** A host with a port: `host`, `host:port`, `[v6]`, `[v6]:port`, or a bare IPv6 address; undefined for a port that is none. */
export function parseEndpoint(text: string, defaultPort: number): Endpoint | undefined {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text)
  const plain = /^([^:]+)(?::(\d+))?$/.exec(text)
  const [, host = text, digits] = bracketed ?? plain ?? []
  const port = digits === undefined ? defaultPort : Number(digits)
  return port > 0 && port < 65536 ? { host, port } : undefined
}

export function formatEndpoint(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** The host of an endpoint as `formatEndpoint` writes it. */
export function hostOf(endpoint: string): string {
  return parseEndpoint(endpoint, 1)?.host ?? endpoint
}

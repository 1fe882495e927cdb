/** What the daemon asks of the machine it runs on. */
export interface Machine {
  /** Real Unix time in milliseconds. */
  now(): number
  /** Milliseconds from some moment on, never going back. */
  clock(): number
  /** Does something after so many milliseconds, unless the answer is called before. */
  later(delayMs: number, action: () => void): () => void
  /** Does something as soon as what has arrived is worked off. */
  soon(action: () => void): void
  hmacSha256(key: string, data: string): string
  /** Compares in a time that does not depend on where two texts differ. */
  isSameSecret(a: string, b: string): boolean
}

/** One TCP connection that stands. */
export interface Connection {
  /** Address and port of either end, as `host:port` or `[host]:port`. */
  readonly remote: string
  readonly local: string
  /** Bytes that were written and are not yet with the system. */
  readonly queued: number
  write(bytes: Uint8Array): void
  pause(): void
  resume(): void
  /** Sends what is queued, then closes. */
  close(): void
  /** Hears of the connection from now on. `closed` comes once, last, whichever end closed it. */
  listen(listener: ConnectionListener): void
}

export interface ConnectionListener {
  received(bytes: Uint8Array): void
  /** Everything queued is with the system. */
  drained(): void
  closed(): void
}

/** Dials an address; `done` gets the connection, or nothing when none came about. */
export type Dial = (
  host: string,
  port: number,
  timeoutMs: number,
  done: (connection: Connection | undefined) => void,
) => void

export interface HttpRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly authorization: string | undefined
  readonly body: Uint8Array
  /** Address of the other end, without port. */
  readonly remote: string
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType?: string
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

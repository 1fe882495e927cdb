import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How a daemon is started; `{datadir}`, `{rpcPort}` and `{p2pPort}` stand in the arguments for what is drawn at each start. */
export interface DaemonCommand {
  readonly path: string
  readonly args: readonly string[]
  /** Lines of a configuration file in the data folder, and its name. */
  readonly config?: { readonly name: string; readonly lines: readonly string[] }
}

/** A daemon that was started on data of its own. */
export interface DaemonProcess {
  readonly datadir: string
  readonly rpcPort: number
  readonly p2pPort: number
  /** How it ended and what it said last; undefined while it runs. */
  ended(): string | undefined
  /** Ends it at once; its data go with it. */
  stop(): void
}

/**
 * Waits for the end of its standard input, no matter how its other end closed, Ctrl-C and SIGKILL
 * included; then ends the daemon and takes its data away.
 */
const KEEPER = `
trap '' INT HUP TERM PIPE
datadir=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- &
daemon=$!
( cat <&3 >/dev/null; [ -e "$datadir/ended" ] || kill -9 "$daemon" ) &
watch=$!
exec 3<&-
wait "$daemon"
code=$?
: >"$datadir/ended"
echo "$code" >&2
wait "$watch"
rm -rf "$datadir"
`

const SAID_MAX = 2_000

/** Starts a daemon in a fresh folder, on free ports of the loopback interface. */
export async function startDaemon({ path, args, config }: DaemonCommand): Promise<DaemonProcess> {
  const [rpcPort, p2pPort] = await freePorts()
  const datadir = mkdtempSync(join(tmpdir(), 'touchstone-daemon-'))
  if (config !== undefined) writeFileSync(join(datadir, config.name), `${config.lines.join('\n')}\n`)
  const places: Readonly<Record<string, string>> = {
    '{datadir}': datadir,
    '{rpcPort}': String(rpcPort),
    '{p2pPort}': String(p2pPort),
  }
  const placed = args.map((arg) => arg.replace(/\{\w+\}/g, (name) => places[name] ?? name))
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'keeper', datadir, path, ...placed], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const said = lastWordsOf(keeper)
  let gone: string | undefined
  keeper.on('error', (error) => {
    gone = error.message
    rmSync(datadir, { recursive: true, force: true })
  })
  return {
    datadir,
    rpcPort,
    p2pPort,
    ended: () => gone ?? said.ended(),
    stop: () => keeper.stdin?.destroy(),
  }
}

/** The keeper writes the exit code on a line of its own when the daemon has ended; all before that is the daemon's. */
function lastWordsOf(keeper: ChildProcess): { ended(): string | undefined } {
  let said = ''
  let code: string | undefined
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-SAID_MAX)
    code ??= /(?:^|\n)(\d+)\n$/.exec(said)?.[1]
  }
  keeper.stdout?.on('data', listen)
  keeper.stderr?.on('data', listen)
  keeper.stdin?.on('error', () => {})
  return {
    ended() {
      if (code === undefined) return undefined
      const words = said
        .replace(/(?:^|\n)\d+\n$/, '')
        .trim()
        .split('\n')
        .at(-1)
      return `${endOf(Number(code))}${words ? `: ${words}` : ''}`
    },
  }
}

const SIGNALLED = 128

function endOf(code: number): string {
  return code > SIGNALLED ? `it was ended by signal ${code - SIGNALLED}` : `it ended with exit code ${code}`
}

/** Two ports that nobody listens on. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()]
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.on('error', reject)
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
        }),
    ),
  )
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return [ports[0]!, ports[1]!]
}

import { spawn } from 'node:child_process'

/** Runs an operator's command in a shell and does not wait for it; `%s` stands for `word`. [Core runCommand] */
export function runCommand(command: string | undefined, word = ''): void {
  if (command === undefined || command === '' || command === '0') return
  const child = spawn(command.replaceAll('%s', word), { shell: true, stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

import { runProgram } from './program.ts'

// A reader that has seen enough (`| head`) closes the pipe; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3))

process.exitCode = await runProgram(process.argv.slice(2), process)

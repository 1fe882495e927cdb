import { runProgram } from './program.ts'

// A reader that has seen enough (`| head`) closes the pipe. That is no error of ours, and what is found out in the end
// still shows in the exit code.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exit(3)
  })

process.exitCode = await runProgram(process.argv.slice(2), process)

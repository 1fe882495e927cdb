import { expect, it } from 'vitest'
import { createComplaints } from './complaints.ts'

function writtenFor(...chunks: readonly string[]): string {
  let written = ''
  const complaints = createComplaints((line) => {
    written += line
  })
  for (const chunk of chunks) complaints.push(Buffer.from(chunk))
  complaints.end()
  return written
}

it('marks every line, wherever the pieces part', () =>
  expect(writtenFor('one\n::err', 'or::two\nth', 'ree')).toBe(
    'stderr| one\nstderr| ::error::two\nstderr| three\n',
  ))

it('shows control characters instead of doing what they say', () =>
  expect(writtenFor('\u001b[2J122 passed\r 0 failed\n')).toBe(
    'stderr| \\u001b[2J122 passed\\u000d 0 failed\n',
  ))

/** A file that cannot be read or written; the message begins with its path and is one line. The user can put it right. */
export class FileError extends Error {}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'exists already',
  EISDIR: 'is a folder; expected a file',
  ELOOP: 'a link that leads nowhere',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'part of the path is not a folder',
  EPERM: 'not permitted',
  EROFS: 'on a file system that is read-only',
}

/** Reads something of a file: whatever is wrong with it is said with the file's path. @throws FileError */
export function inFile<Result>(path: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw fileError(path, error)
  }
}

/** What the system says of a path, in words. */
export function fileError(path: string, error: unknown): FileError {
  if (error instanceof FileError) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const message = error instanceof Error ? error.message : String(error)
  return new FileError(`${path}: ${REASONS[code] ?? message.replaceAll(/\s*\n\s*/g, '; ')}`)
}

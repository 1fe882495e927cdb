/** Rooms stand on each other, never round. Tests and their scaffolding stand outside: they may use any room. */
const { options } = require('./.dependency-cruiser.cjs')

module.exports = {
  forbidden: [
    {
      name: 'no-circles-of-rooms',
      comment: 'data flows one way between rooms, too',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(spec|impl|harness|reports)/[^/]+$' },
      to: { circular: true },
    },
  ],
  options: { ...options, exclude: { path: '^dist/|\\.test\\.ts$|^impl/testing/|^spec/.*/testing\\.ts$' } },
}

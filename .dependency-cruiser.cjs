/** The walls of the house. README.md draws them; each rule says why it stands. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('no-circles', 'data flows one way', {}, { circular: true }),
    rule(
      'enter-a-room-by-its-index',
      'a room lists what it offers; testing.ts and impl/testing are scaffolding, entered by file',
      { path: '^(spec|impl|harness)/([^/]+)/' },
      {
        path: '^(spec|impl|harness)/[^/]+/',
        pathNot: [
          '^$1/$2/',
          '^(spec|impl|harness)/[^/]+/index\\.ts$',
          '^impl/testing/',
          '^spec/[^/]+/testing\\.ts$',
          '\\.(json|mjs)$',
        ],
      },
    ),
    rule(
      'enter-from-the-root-by-the-index',
      'the doors of spec, impl and harness list what their rooms offer',
      { path: '^(spec|impl|harness)/[^/]+$' },
      {
        path: '^(spec|impl|harness)/[^/]+/',
        pathNot: ['^(spec|impl|harness)/[^/]+/index\\.ts$', '\\.worker\\.ts$'],
      },
    ),
    rule(
      'no-orphans',
      'a file that nothing imports is a leftover',
      {
        orphan: true,
        pathNot: ['\\.test\\.ts$', '^harness/build\\.mjs$', '^harness/vitest\\.config\\.ts$'],
      },
      {},
    ),
    rule(
      'spec-stands-alone',
      'spec shares no code with anyone',
      { path: '^spec/' },
      { path: '^(impl|harness|reports)/' },
    ),
    rule(
      'impl-stands-alone',
      'impl shares no code with anyone',
      { path: '^impl/' },
      { path: '^(spec|harness|reports)/' },
    ),
    rule(
      'reports-are-pure',
      'reports render plain data',
      { path: '^reports/' },
      { path: '^(spec|impl|harness)/' },
    ),
    rule(
      'spec-is-pure',
      'spec uses a short list of libraries and no input or output',
      { path: '^spec/', pathNot: '\\.test\\.ts$' },
      {
        dependencyTypes: ['npm', 'npm-dev', 'core'],
        pathNot: 'node_modules/(@noble|immer|ts-pattern|immutable)/',
      },
    ),
    rule(
      'only-platform-does-io',
      'the core of the node is synchronous and does no input or output',
      { path: '^impl/', pathNot: '^impl/platform/|^impl/touchstoned\\.ts$|\\.test\\.ts$' },
      { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    ),
    rule(
      'enter-spec-by-its-index',
      'the harness enters the specification by its door',
      { path: '^harness/' },
      { path: '^spec/', pathNot: '^spec/index\\.ts$' },
    ),
    rule(
      'enter-impl-by-its-index',
      'the harness enters the node by its door',
      { path: '^harness/' },
      { path: '^impl/', pathNot: '^impl/index\\.ts$' },
    ),
    rule(
      'impl-meets-the-harness-in-adapters',
      'only harness/adapters knows both engines',
      { path: '^harness/', pathNot: '^harness/(adapters|bench)/' },
      { path: '^impl/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
}

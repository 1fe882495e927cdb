/** The walls of the house. README.md draws them; each rule says why it stands. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('no-circles', 'data flows one way', {}, { circular: true }),
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
      'a room is entered by its door',
      { path: '^harness/' },
      { path: '^spec/', pathNot: '^spec/index\\.ts$' },
    ),
    rule(
      'enter-impl-by-its-index',
      'a room is entered by its door',
      { path: '^harness/' },
      { path: '^impl/', pathNot: '^impl/index\\.ts$' },
    ),
    rule(
      'impl-meets-the-harness-in-adapters',
      'only harness/adapters knows both engines',
      { path: '^harness/', pathNot: '^harness/(adapters|bench|mutants)/' },
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

declare module 'seek-bzip' {
  const bzip: { decode(input: Uint8Array): Uint8Array }
  export default bzip
}

/** Empty blocks below a story, of one version, as far apart as they should be; the first at the start time, in Unix seconds. */
export interface Prelude {
  readonly blocks: number
  readonly version: number
  readonly startTime: number
}

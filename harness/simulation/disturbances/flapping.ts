import { partition, setLinks } from './partition.ts'

const FLAPS = 6

/** The links of one node go down and up again, several times. */
export const flapping = partition('flapping', (ground) => {
  const periodMs = Math.max(Math.floor(ground.lastsMs / FLAPS), 1)
  for (let flap = 0; flap < FLAPS; flap++)
    ground.stage.later(flap * periodMs, () => setLinks(ground, flap % 2 === 0 ? 'down' : 'up', false))
})

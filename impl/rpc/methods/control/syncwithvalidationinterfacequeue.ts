import { method } from '../../method.ts'

/** Whatever follows from a block is done when its call returns: there is no queue to wait for. */
export const syncwithvalidationinterfacequeue = method({
  name: 'syncwithvalidationinterfacequeue',
  category: 'control',
  summary: 'Waits until everything that follows from earlier calls is done',
  isHidden: true,
  parameters: {},
  run: () => null,
})

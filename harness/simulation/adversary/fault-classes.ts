/** What may befall single messages. */
const MESSAGE_CLASSES = ['loss', 'delay', 'duplicate', 'corrupt'] as const

/** Ways in which a network comes apart. */
const PARTITION_CLASSES = [
  'halves',
  'isolate',
  'all-apart',
  'one-way',
  'hold',
  'bridge',
  'ring',
  'flapping',
] as const

const MACHINE_CLASSES = [
  'crash',
  'kill',
  'wipe',
  'stop',
  'pause',
  'disk-full',
  'disk-slow',
  'disk-flip',
  'disk-misdirect',
  'disk-unreadable',
  'clock-step',
  'clock-drift',
] as const

/** What is done on purpose. */
const ATTACK_CLASSES = [
  'race',
  'finney',
  'one-confirmation',
  'majority',
  'eclipse',
  'equivocate',
  'withhold',
  'selfish',
  'invalid-block',
  'timewarp',
  'header-spam',
  'malformed',
  'overrule',
] as const

/** Classes of faults, each switched on or off for a whole run. */
export const FAULT_CLASSES = [
  ...MESSAGE_CLASSES,
  ...PARTITION_CLASSES,
  ...MACHINE_CLASSES,
  ...ATTACK_CLASSES,
] as const
/** Those without which no machine and no message fails. */
export const QUIET_CLASSES = [...PARTITION_CLASSES, ...ATTACK_CLASSES] as const

export type MessageClass = (typeof MESSAGE_CLASSES)[number]
export type PartitionClass = (typeof PARTITION_CLASSES)[number]
export type FaultClass = (typeof FAULT_CLASSES)[number]

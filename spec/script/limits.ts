/** Bytes of a script before tapscript. [Core MAX_SCRIPT_SIZE] */
export const SCRIPT_BYTES_MAX = 10_000

/** Bytes of an item that is pushed, or offered by a witness. [Core MAX_SCRIPT_ELEMENT_SIZE] */
export const ITEM_BYTES_MAX = 520

/** Operations of a script before tapscript; pushes are free, each key of OP_CHECKMULTISIG counts. [Core MAX_OPS_PER_SCRIPT] */
export const OPERATIONS_MAX = 201

/** Keys of one OP_CHECKMULTISIG. [Core MAX_PUBKEYS_PER_MULTISIG] */
export const MULTISIG_KEYS_MAX = 20

/** Items on both stacks together. [Core MAX_STACK_SIZE] */
export const STACK_ITEMS_MAX = 1000

/** Weight units that a signature check uses up in tapscript. [BIP342 §Resource limits] */
export const SIGOP_BUDGET_UNITS = 50

/** Weight units that tapscript gives away beyond the witness's own size. [BIP342 §Resource limits] */
export const SIGOP_BUDGET_FREE_UNITS = 50

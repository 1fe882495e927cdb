/** Limits of the script machine that no chain overrides. [Core script/script.h] */

/** Bytes in a script before tapscript. [Core MAX_SCRIPT_SIZE] */
export const SCRIPT_BYTES_MAX = 10_000
/** Bytes in one stack element. [Core MAX_SCRIPT_ELEMENT_SIZE] */
export const ELEMENT_BYTES_MAX = 520
/** Elements on both stacks together. [Core MAX_STACK_SIZE] */
export const STACK_ELEMENTS_MAX = 1000
/** Opcodes above OP_16, and keys of multisignatures, in a script before tapscript. [Core MAX_OPS_PER_SCRIPT] */
export const COUNTED_OPCODES_MAX = 201
/** Keys of one multisignature. [Core MAX_PUBKEYS_PER_MULTISIG] */
export const MULTISIG_KEYS_MAX = 20
/** Weight that each signature check of a tapscript uses up. [BIP342] */
export const WEIGHT_PER_SIGNATURE_CHECK = 50
/** Weight that a tapscript has beyond the size of its witness. [BIP342] */
export const WEIGHT_ALLOWANCE = 50

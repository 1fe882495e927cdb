/** The model itself is wrong: a value outside its domain, a guard that throws. The message has the state in it. */
export class ModelFault extends Error {
  override readonly name = 'ModelFault'
}

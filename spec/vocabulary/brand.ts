declare const brand: unique symbol

/** A value that carries its meaning in its type; raw values enter through a named function. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }

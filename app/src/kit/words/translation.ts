/** The same words in another language: every name, with a text or a function of the same arguments. */
export type Translation<Words> = Words extends string
  ? string
  : Words extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { [Name in keyof Words]: Translation<Words[Name]> }

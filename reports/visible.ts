/** Controls, and the marks that part lines or reverse the direction of text. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu
const INVISIBLE_IN_LINES = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/** The words of strangers as one line that obeys nothing: a control is shown as `\u001b`. */
export function visible(text: string): string {
  return text.replaceAll(INVISIBLE, shown)
}

/** The same for text that may have several lines, and tabs. */
export function visibleLines(text: string): string {
  return text.replaceAll(INVISIBLE_IN_LINES, shown)
}

const shown = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

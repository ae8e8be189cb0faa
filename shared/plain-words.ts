/** What a name must not do to a terminal or a line of text: move, colour, ring, or turn the letters after it around. */
const unruly = /[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu

const shown = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * Text from outside as a part of one line: letters that steer a terminal, break the line or change the direction of
 * writing are shown as their numbers, `\u001b`.
 */
export function oneLine(text: string): string {
  return text.replace(unruly, shown)
}

/** Text of several lines, as `oneLine` else. In JSON the numbers are escapes: what it says stays the same. */
export function plainLines(text: string): string {
  return text.replace(unruly, letter => (letter === '\n' || letter === '\t' ? letter : shown(letter)))
}

/** Text from outside in a menu or a notification, where the numbers would only puzzle: such letters are blanks. */
export function quietWords(text: string): string {
  return text.replace(unruly, ' ').replace(/\s+/g, ' ').trim()
}

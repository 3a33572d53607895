/** What stands for a character that a receipt printer has no glyph for. */
const unknown = [0xa1, 0xfe]

let table: Map<string, readonly [number, number]> | undefined

/** Every double byte of GB 18030 by its character: Node reads the code page and does not write it, so the table is read backwards, once. */
function pairs(): Map<string, readonly [number, number]> {
  if (table) return table
  table = new Map()
  const decoder = new TextDecoder('gb18030')
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low === 0x7f) continue
      const character = decoder.decode(Uint8Array.of(high, low))
      const [point] = character
      if (point === character && character !== '\ufffd' && !table.has(character)) table.set(character, [high, low])
    }
  }
  return table
}

/** Text as a Chinese receipt printer reads it: ASCII as it is, the rest as double bytes. What has none (rare characters, emoji) becomes 〓. */
export function encodeGb(text: string): Buffer {
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) as number
    if (point < 0x80) bytes.push(point < 0x20 && point !== 0x0a ? 0x20 : point)
    else bytes.push(...(pairs().get(character) ?? unknown))
  }
  return Buffer.from(bytes)
}

/** How many half columns a text takes on the paper: a Chinese character takes two. */
export const columnsOf = (text: string): number =>
  Array.from(text).reduce((sum, one) => sum + ((one.codePointAt(0) as number) < 0x80 ? 1 : 2), 0)

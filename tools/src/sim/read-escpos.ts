/** What came out of the printer: the words as they stand on the paper, what its QR codes lead to, and whether it was cut off. */
export interface PrintedPaper {
  text: string
  qr: string[]
  isCut: boolean
  /** Lines in double height or width, which a person reads first. */
  large: string[]
}

const decoder = new TextDecoder('gb18030')

/** Parameters that follow a command, by its two bytes; a printer that counted one wrong would print rubbish from there on. */
const skipped: Readonly<Record<string, number>> = { '1b40': 0, '1c26': 0, '1b61': 1, '1d21': 1, '1d56': 2 }

/** Reads ESC/POS as a printer does, for as much of it as receipts use. Throws at a command that it does not know. */
export function readEscpos(data: Buffer): PrintedPaper[] {
  const papers: PrintedPaper[] = []
  let paper: PrintedPaper = { text: '', qr: [], isCut: false, large: [] }
  let kept: string | undefined
  let isLarge = false
  let at = 0
  const printText = (bytes: Buffer): void => {
    const words = decoder.decode(bytes)
    paper.text += words
    if (isLarge && words.trim()) paper.large.push(words.trim())
  }
  while (at < data.length) {
    const end = nextCommand(data, at)
    if (end > at) printText(data.subarray(at, end))
    if (end >= data.length) break
    const command = data.subarray(end, end + 2).toString('hex')
    if (command === '1d28') {
      const length = data.readUInt16LE(end + 3)
      const [, task] = data.subarray(end + 5)
      if (task === 0x50) kept = data.subarray(end + 8, end + 5 + length).toString()
      if (task === 0x51 && kept !== undefined) paper.qr.push(kept)
      at = end + 5 + length
      continue
    }
    const parameters = skipped[command]
    if (parameters === undefined) throw new Error(`unknown command ${command} at ${end}`)
    if (command === '1d21') isLarge = data[end + 2] !== 0
    at = end + 2 + parameters
    if (command === '1d56') {
      papers.push({ ...paper, isCut: true })
      paper = { text: '', qr: [], isCut: false, large: [] }
    }
  }
  if (paper.text || paper.qr.length > 0) papers.push(paper)
  return papers
}

/** Double bytes of GB 18030 begin above 0x80 and never hold ESC, FS or GS, so these three stand for themselves. */
function nextCommand(data: Buffer, from: number): number {
  let at = from
  while (at < data.length && data[at] !== 0x1b && data[at] !== 0x1c && data[at] !== 0x1d) at += 1
  return at
}

import { columnsOf, encodeGb } from './gb18030.ts'
import type { Paper } from './paper.ts'

const bytes = (...values: number[]): Buffer => Buffer.from(values)

/** ESC/POS, as far as a receipt needs it. The encoders on npm lay out by half columns only and know no GB 18030, so these few lines are our own. */
const start = bytes(0x1b, 0x40, 0x1c, 0x26)
const align = { left: bytes(0x1b, 0x61, 0), center: bytes(0x1b, 0x61, 1) }
const size = { plain: bytes(0x1d, 0x21, 0x00), tall: bytes(0x1d, 0x21, 0x01), big: bytes(0x1d, 0x21, 0x11) }
const cut = bytes(0x1d, 0x56, 66, 3)

/** Model 2, module of 6 dots, error correction M: stands a crease in the paper. */
function qrCode(text: string): Buffer {
  const data = Buffer.from(text)
  const length = data.length + 3
  return Buffer.concat([
    bytes(0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 50, 0),
    bytes(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, 6),
    bytes(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 49),
    bytes(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 48),
    data,
    bytes(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 48),
  ])
}

/** A receipt as bytes for a printer of so many half columns: 48 on 80 mm paper, 32 on 58 mm. */
export function encodePaper(paper: Paper, columns: number): Buffer {
  const rule = encodeGb(`${'-'.repeat(columns)}\n`)
  const labels = Math.max(...paper.lines.map(({ label }) => columnsOf(label)), 4) + 2
  const parts: Buffer[] = [start, align.center, size.big, encodeGb(`${paper.title}\n`), size.plain]
  if (paper.mark) parts.push(size.tall, encodeGb(`（${paper.mark}）\n`), size.plain)
  parts.push(size.tall, encodeGb(`${paper.number}\n`), size.plain, align.left, rule)
  for (const { label, value } of paper.lines) {
    const [first = '', ...rest] = wrap(value, columns - labels)
    parts.push(encodeGb(`${label}${' '.repeat(labels - columnsOf(label))}${first}\n`))
    for (const line of rest) parts.push(encodeGb(`${' '.repeat(labels)}${line}\n`))
  }
  parts.push(rule, align.center, size.big, encodeGb(`${paper.code}\n`), size.plain, qrCode(paper.qr), encodeGb('\n'), align.left)
  for (const note of paper.notes) for (const line of wrap(note, columns)) parts.push(encodeGb(`${line}\n`))
  parts.push(cut)
  return Buffer.concat(parts)
}

/** Lines of at most so many half columns; Chinese may break anywhere, a run of ASCII only where it is too long for a line. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.replace(/\s+/g, ' ').match(/[!-~]+|[^!-~]/g) ?? []) {
    for (const part of columnsOf(piece) > columns ? Array.from(piece) : [piece]) {
      if (columnsOf(line + part) > columns) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += line === '' && part === ' ' ? '' : part
    }
  }
  if (line.trim()) lines.push(line.trimEnd())
  return lines
}

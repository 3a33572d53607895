import { readAddress } from '@linli/registry/define'
import type { EvalOptions } from './eval-command.ts'
import { mapJsonLines, RowInvalid } from './json-lines.ts'

/** `{id, text}` → `{id, spans}`: road number, building, entrance, floor and room as the product reads them, by places in the text. */
export async function evalAddress({ in: input, out: output }: EvalOptions): Promise<number> {
  const { rows, bad } = await mapJsonLines(input, output, ({ text }) => {
    if (typeof text !== 'string') throw new RowInvalid('text', 'text')
    return { spans: readAddress(text) }
  })
  console.error(`address: ${rows} rows, ${bad} bad`)
  return bad === 0 ? 0 : 2
}

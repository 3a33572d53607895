import type { FileHandle } from 'node:fs/promises'
import type { CellValue } from '@linli/base/define'
import { looksLikeFormula } from '../define/cell-text.ts'
import type { Sheet } from './sheet.ts'
import { ZipFile } from './write-zip.ts'

/** Cell formats by their place in `styles`. */
const style = { plain: 0, head: 1, text: 2, quoted: 3, instant: 4, mark: 5 } as const

/**
 * A workbook of one sheet (ECMA-376): watermark, header, rows. Every word is a text cell, so `=1+1` is shown and never counted, and a
 * long number keeps its digits; strings stand in their cells, for a table of them would have to be kept until the end.
 */
export async function writeXlsx(file: FileHandle, sheet: Sheet): Promise<void> {
  const zip = new ZipFile(file)
  await zip.add('[Content_Types].xml', [contentTypes])
  await zip.add('_rels/.rels', [rootRelations])
  await zip.add('docProps/core.xml', [coreOf(sheet)])
  await zip.add('xl/workbook.xml', [workbookOf(sheet)])
  await zip.add('xl/_rels/workbook.xml.rels', [workbookRelations])
  await zip.add('xl/styles.xml', [styles])
  await zip.add('xl/worksheets/sheet1.xml', sheetXml(sheet))
  await zip.end()
}

async function* sheetXml(sheet: Sheet): AsyncGenerator<string> {
  const { columns, watermark } = sheet
  const last = letters(columns.length - 1)
  const widths = columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
  yield `${xml}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`
  yield `<row r="1">${textCell('A1', watermark.line, style.mark)}</row>`
  yield `<row r="2">${columns.map(({ head }, i) => textCell(`${letters(i)}2`, head, style.head)).join('')}</row>`
  const names = columns.map((_, i) => letters(i))
  let row = 2
  for await (const page of sheet.pages) {
    yield page
      .map((cells) => {
        row++
        return `<row r="${row}">${cells.map((value, i) => cellXml(`${names[i]}${row}`, value)).join('')}</row>`
      })
      .join('')
  }
  yield `</sheetData><autoFilter ref="A2:${last}${row}"/><pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddHeader>&amp;C${pageText(watermark.head)}</oddHeader><oddFooter>&amp;L${pageText(watermark.foot)}&amp;R&amp;P/&amp;N</oddFooter></headerFooter></worksheet>`
}

function cellXml(ref: string, value: CellValue): string {
  if (value === null || value === '') return ''
  if (typeof value === 'number') return Number.isFinite(value) ? `<c r="${ref}"><v>${value}</v></c>` : ''
  if (value instanceof Date) return `<c r="${ref}" s="${style.instant}"><v>${serialOf(value)}</v></c>`
  return textCell(ref, value, looksLikeFormula(value) ? style.quoted : style.text)
}

const textCell = (ref: string, text: string, format: number): string =>
  `<c r="${ref}" s="${format}" t="inlineStr"><is><t xml:space="preserve">${escapeCell(text)}</t></is></c>`

/** Days since 1899-12-30 as a clock in Asia/Shanghai shows them; a spreadsheet has no zones. */
const serialOf = (at: Date): number => (at.getTime() + 8 * 3_600_000) / 86_400_000 + 25_569

/** A, B … Z, AA … */
function letters(index: number): string {
  const own = String.fromCharCode(65 + (index % 26))
  return index < 26 ? own : letters(Math.floor(index / 26) - 1) + own
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#13;' }
const escapeXml = (text: string): string => text.replace(/[&<>"'\r]/g, (char) => entities[char]!)
/** `_x0041_` in a cell means A, so the same written by a person needs its underscore written so. */
const escapeCell = (text: string): string => escapeXml(text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'))
/** Head and foot of a page have a language of their own, in which & begins a word; Excel takes 255 characters. */
const pageText = (text: string): string => escapeXml(text.slice(0, 100).toWellFormed().replaceAll('&', '&&'))

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
const rootRelations = `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
const workbookRelations = `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`
const styles = `${xml}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`

/** Sheet names hold no `\ / ? * [ ] :` and 31 characters at most. */
const sheetName = (title: string): string => escapeXml(title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31))

const workbookOf = ({ title }: Sheet): string =>
  `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${sheetName(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>`

const coreOf = ({ number, title, watermark }: Sheet): string =>
  `${xml}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title><dc:identifier>${escapeXml(number)}</dc:identifier><dc:description>${escapeXml(watermark.line)}</dc:description></cp:coreProperties>`

import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { encode } from 'uqr'

/** Where the progress of a matter is read. Whoever finds the paper or looks over a shoulder still lacks the last four digits. */
export function progressLink(number: string, origin: string): string {
  return new URL(`/resident/progress/${encodeURIComponent(number)}`, origin).href
}

/** Dark fields of the code as one path in field units, a quiet border of four fields around them as the standard asks. */
export function codePath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const path = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark && !row[x - 1] ? [`M${x} ${y}h${runFrom(row, x)}v1H${x}z`] : [])),
  )
  return { size, path: path.join('') }
}

const runFrom = (row: readonly boolean[], start: number): number => {
  const end = row.indexOf(false, start)
  return (end < 0 ? row.length : end) - start
}

/** The receipt's code: another phone, often the family's, scans it from the screen or from paper. */
export function ProgressCode({ number }: { number: string }) {
  const { t } = useTranslation()
  const hint = useId()
  const { size, path } = codePath(progressLink(number, location.origin))
  return (
    <figure className="receipt-code">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t('sent.codeOf', { number })}
        aria-describedby={hint}
        shapeRendering="crispEdges"
      >
        <rect className="code-ground" width={size} height={size} />
        <path className="code-fields" d={path} />
      </svg>
      <figcaption id={hint} className="second">
        {t('sent.codeHint')}
      </figcaption>
    </figure>
  )
}

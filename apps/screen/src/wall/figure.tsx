import { ClockShape } from '@linli/ui/desk'
import { useLanguage } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { FigureKey } from '../api/read-wall.ts'

const shapes = { overdue: 'overdue', dueSoon: 'dueSoon', paused: 'paused' } as const

interface FigureProps {
  figure: FigureKey
  /** What it counts and where, for whoever does not see the table around it. */
  of: string
  /** Undefined while it is not known: that is no nought. */
  value: number | undefined
  onOpen(): void
  small?: boolean
}

/** A number that opens its rows. Only time has a color, and a shape with it. */
export function Figure({ figure, of, value, onOpen, small = false }: FigureProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (value === undefined) {
    return (
      <span className="sc-figure" data-small={small || undefined} data-zero>
        <span aria-hidden="true">—</span>
        <span className="dk-visually-hidden">{t('fresh.unknown')}</span>
      </span>
    )
  }
  const shape = value > 0 && figure in shapes ? shapes[figure as keyof typeof shapes] : undefined
  const words = value.toLocaleString(language)
  return (
    <button
      type="button"
      className="sc-figure"
      data-figure={figure}
      data-small={small || undefined}
      data-zero={value === 0 || undefined}
      aria-label={`${of} ${t(`figure.${figure}`)} ${words}`}
      aria-haspopup="dialog"
      onClick={onOpen}
    >
      {shape ? <ClockShape state={shape} /> : null}
      {words}
    </button>
  )
}

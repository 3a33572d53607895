import { useTimeWords } from '@linli/ui/text'
import { ClockShape, type ClockState, useElder } from '@linli/ui/touch'
import { useTranslation } from 'react-i18next'
import { CasePhotos } from './case-photos.tsx'
import type { PublicCase, PublicStep } from './use-case.ts'

/** What happened, oldest first. The day is said once; after that only the hour. A pause keeps its dotted line when it is long over. */
export function Timeline({ found, tail, now }: { found: PublicCase; tail: string; now: number }) {
  const { t } = useTranslation()
  const words = useTimeWords({ elder: useElder() })
  let day = ''
  return (
    <ol className="tl">
      {found.steps.map((step, index) => {
        const today = words.day(step.at, now)
        const when = today === day ? words.hour(step.at) : words.moment(step.at, now)
        day = today
        const photos = step.attachments.length > 0 ? step.attachments : index === 0 ? found.attachments : []
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
          <li key={index} data-kind={step.kind} aria-current={step.kind === 'current' ? 'step' : undefined}>
            <span className="tl-mark" data-kind={step.kind} data-clock={markOf(step, found)}>
              <ClockShape state={markOf(step, found)} />
            </span>
            <div>
              <div className="tl-head">
                <span>{step.text}</span>
                <time dateTime={step.at}>{when}</time>
              </div>
              {step.by || step.note ? <p>{[step.by, step.note].filter(Boolean).join('：')}</p> : null}
              {step.until ? <p className="tl-when">{t('case.until', { when: words.moment(step.until, now) })}</p> : null}
              {photos.length > 0 ? <CasePhotos number={found.number} tail={tail} photos={photos} /> : null}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function markOf(step: PublicStep, found: PublicCase): ClockState {
  if (step.kind === 'paused') return 'paused'
  if (step.kind === 'done') return 'done'
  return found.status === 'open' ? (found.clock?.state ?? 'onTime') : 'done'
}

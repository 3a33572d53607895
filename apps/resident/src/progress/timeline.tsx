import { useLanguage, useTimeWords } from '@linli/ui/text'
import { ClockShape, type ClockState, useElder } from '@linli/ui/touch'
import { useTranslation } from 'react-i18next'
import { CasePhotos } from './case-photos.tsx'
import { useCaseWords } from './case-words.ts'
import type { PublicCase, PublicStep } from './use-case.ts'

/** What happened, oldest first. The day is said once; after that only the hour. A pause keeps its dotted line when it is long over. */
export function Timeline({ found, tail, now }: { found: PublicCase; tail: string; now: number }) {
  const { t } = useTranslation()
  const words = useTimeWords({ elder: useElder() })
  const language = useLanguage()
  const say = useCaseWords()
  // An answer has a sheet of its own; here it would be said twice.
  const answers = new Set(found.replies.map((reply) => reply.text))
  let day = ''
  return (
    <ol className="tl">
      {found.steps.map((step, index) => {
        const today = words.day(step.at, now)
        const when = today === day ? words.hour(step.at) : words.moment(step.at, now)
        day = today
        const photos = step.attachments.length > 0 ? step.attachments : index === 0 ? found.attachments : []
        // What is current while the clock stands: the pause above has said why and until when.
        const told = step.kind === 'current' && found.steps[index - 1]?.kind === 'paused'
        const said = !told && step.note && !answers.has(step.note) && !step.text.includes(step.note) ? say.choice(step.note) : ''
        const detail = [step.by === '您' ? '' : say.doer(step.by), said].filter(Boolean).join(language === 'en' ? ': ' : '：')
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
          <li key={index} data-kind={step.kind} aria-current={step.kind === 'current' ? 'step' : undefined}>
            <span className="tl-mark" data-kind={step.kind} data-clock={markOf(step, found)}>
              <ClockShape state={markOf(step, found)} />
            </span>
            <div>
              <div className="tl-head">
                <span>{say.step(step)}</span>
                {step.kind === 'current' ? null : <time dateTime={step.at}>{when}</time>}
              </div>
              {detail ? <p>{detail}</p> : null}
              {step.until && !told ? <p className="tl-when">{t('case.until', { when: words.moment(step.until, now) })}</p> : null}
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

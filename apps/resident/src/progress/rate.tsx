import { call } from '@linli/ui/client'
import { Five, type Grade, Icon, WordsField } from '@linli/ui/touch'
import { useQueryClient } from '@tanstack/react-query'
import { Star } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import { useAct } from '../frame/use-act.ts'
import { caseQuery, type PublicCase } from './use-case.ts'

/** 好差评: five official grades, voluntary, none preselected; one tap sends it, with the words if some were written. */
export function Rate({ found, tail }: { found: PublicCase; tail: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const titleId = useId()
  const [words, setWords] = useState('')
  const { number } = found
  const refresh = (): void => void client.invalidateQueries({ queryKey: caseQuery(number, tail).queryKey })
  const { act, pending, error } = useAct(
    (body: { score: Grade; text?: string }, requestId) =>
      call('POST /public/cases/:number/rating', { params: { number }, body: { ...body, requestId, tail } }),
    refresh,
  )
  if (found.rating) {
    return (
      <section className="sheet sheet-stack" aria-labelledby={titleId}>
        <h2 id={titleId}>{t('case.rateTitle')}</h2>
        <p role="status" className="strong">
          <Icon of={Star} className="inline-icon" /> {t('case.rated', { grade: t(`kit.grade.${found.rating.score}`) })}
        </p>
        {found.rating.score <= 2 && found.status === 'open' ? <p className="second">{t('case.ratedBad')}</p> : null}
      </section>
    )
  }
  if (!found.canRate) return null
  return (
    <section className="sheet sheet-stack" aria-labelledby={titleId}>
      <h2 id={titleId}>{t('case.rateTitle')}</h2>
      <Five
        labelledBy={titleId}
        disabled={pending}
        onRate={(score) => void act({ score, ...(words.trim() ? { text: words.trim() } : {}) })}
      />
      <p className="quiet">{t('case.rateHint')}</p>
      {error ? <p role="alert">{problemWords(error, t)}</p> : null}
      <details>
        <summary className="link">{t('case.rateWords')}</summary>
        <WordsField control={{ 'aria-label': t('case.rateWordsLabel') }} value={words} onChange={setWords} most={500} />
      </details>
    </section>
  )
}

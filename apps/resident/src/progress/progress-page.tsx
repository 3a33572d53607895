import { useKept } from '@linli/ui/phone'
import { Empty } from '@linli/ui/touch'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { MatterRow } from '../home/matter-card.tsx'
import { matters, rememberMatter } from '../kept/matters.ts'
import { LookUpForm } from './look-up-form.tsx'
import { caseQuery } from './use-case.ts'

/** 查进度: what this device knows, and the form for everything else. */
export function ProgressPage() {
  const { t } = useTranslation()
  const mine = useKept(matters)
  const answers = useQueries({ queries: mine.slice(0, 20).map((matter) => caseQuery(matter.number, matter.tail, 60_000)) })
  const client = useQueryClient()
  const navigate = useNavigate()
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string>()

  const look = async (number: string, tail: string, keepHere: boolean): Promise<void> => {
    if (pending) return
    setPending(true)
    setRefusal(undefined)
    try {
      const found = await client.fetchQuery(caseQuery(number, tail))
      if (keepHere) rememberMatter({ number: found.number, tail, title: found.title, keptAt: Date.now() })
      await navigate({ to: '/progress/$number', params: { number: found.number }, search: { tail } })
    } catch (error) {
      setRefusal(problemWords(error, t))
    } finally {
      setPending(false)
    }
  }
  return (
    <Page title={t('progress.title')} tabs>
      {mine.length > 0 ? (
        <section className="section" aria-labelledby="progress-mine">
          <h2 id="progress-mine">{t('progress.mine')}</h2>
          <ul className="sheet rows">
            {mine.map((matter, index) => (
              <li key={matter.number}>
                <MatterRow matter={matter} found={answers[index]?.data} lost={answers[index]?.isError ?? false} />
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <Empty icon={ListChecks} title={t('progress.none')}>
          {t('progress.noneText')}
        </Empty>
      )}
      <section className="section" aria-labelledby="progress-look">
        <h2 id="progress-look">{t('home.progressHint')}</h2>
        <LookUpForm pending={pending} refusal={refusal} onLook={(number, tail, keepHere) => void look(number, tail, keepHere)} />
      </section>
    </Page>
  )
}

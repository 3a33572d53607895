import { call } from '@linli/ui/client'
import { Icon } from '@linli/ui/touch'
import { useMutation } from '@tanstack/react-query'
import { Eye, Phone } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import type { CaseView } from './queries.ts'

/** Who reported it, masked; a tap shows the number to call, for the time that the server gives, and the person can read that it was looked at. */
export function Reporter({ view: { caseId, number, reporter, requesterName }, isFresh }: { view: CaseView; isFresh: boolean }) {
  const { t } = useTranslation()
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: () =>
      call('POST /cases/:caseId/reveal', {
        params: { caseId },
        // The reason is read by the person, and stands in the record in Chinese.
        body: { reason: `办理 ${number}，电话联系`, fields: ['name', 'phone'] },
      }),
  })
  const seconds = data?.secondsShown
  useEffect(() => {
    if (seconds === undefined) return
    const timer = setTimeout(reset, seconds * 1000)
    return () => clearTimeout(timer)
  }, [seconds, reset])
  if (requesterName) return <p lang="zh-CN">{requesterName}</p>
  if (reporter.sealed) return <p className="second">{t('case.sealed')}</p>
  if (!reporter.name && !reporter.phone) return <p className="second">{t('case.noContact')}</p>
  return (
    <>
      <p>
        <span lang="zh-CN">{data?.values.name ?? reporter.name}</span> <span className="num">{data ? '' : reporter.phone}</span>
      </p>
      {data?.values.phone ? (
        <a className="btn wide" href={`tel:${data.values.phone}`}>
          <Icon of={Phone} />
          {data.values.phone}
        </a>
      ) : isFresh && reporter.phone ? (
        <button type="button" className="btn wide" disabled={isPending} onClick={() => mutate()}>
          <Icon of={Eye} />
          {t('people.look')}
        </button>
      ) : null}
      {error ? (
        <p className="field-error" role="alert">
          {problemWords(error, t)}
        </p>
      ) : null}
      <p className="quiet">{t('case.looked')}</p>
    </>
  )
}

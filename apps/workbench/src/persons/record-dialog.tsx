import { ApiError, call, newId } from '@linli/ui/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import type { Me } from '../api/queries.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import { AddressField } from './address-field.tsx'
import { today } from './change-dialog.tsx'
import { personsArea } from './queries.ts'

interface RecordDialogProps {
  me: Me
  onClose(): void
  onMade(personId: string): void
}

const texts = ['name', 'idNumber', 'phone'] as const

/** Opens a person file: the name is enough; a number says birth and sex by itself, an address can follow. */
export function RecordDialog({ me, onClose, onMade }: RecordDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [values, setValues] = useState<Record<string, string>>({})
  const [addressId, setAddressId] = useState('')
  const [residence, setResidence] = useState<'owner' | 'tenant' | 'family' | 'other'>('owner')
  const [isTried, setIsTried] = useState(false)
  const community = useOwnCommunity(me)
  const intent = useRef<Intent>(undefined)
  const record = useMutation({
    mutationFn: () => {
      const said = Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : [])))
      const body = {
        values: { name: '', ...said },
        communityCode: community?.code ?? '',
        source: 'visit' as const,
        ...(addressId ? { home: { addressId, residence, on: today() } } : {}),
      }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /persons', { body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: async ({ personId }) => {
      await queryClient.invalidateQueries({ queryKey: [personsArea] })
      onMade(personId)
    },
  })
  const problems = useFieldProblems()(withoutValues(record.error), [...texts, 'addressId', 'communityCode'])
  const isNameless = !values.name?.trim()
  return (
    <FormDialog
      title={t('persons.record')}
      width="30rem"
      submit={t('persons.save')}
      isDisabled={record.isPending || !community}
      onClose={onClose}
      onSubmit={() => {
        setIsTried(true)
        if (!isNameless) record.mutate()
      }}
    >
      {texts.map((key) => {
        const problem = problems[key] ?? (key === 'name' && isTried && isNameless ? t('persons.needed') : undefined)
        return (
          <div key={key} className="dk-field">
            <label className="dk-label" htmlFor={`${id}-${key}`}>
              {t(`persons.field.${key}`)} {key === 'name' ? <span className="dk-optional">{t('desk.form.required')}</span> : null}
            </label>
            <input
              id={`${id}-${key}`}
              className="dk-input"
              type={key === 'phone' ? 'tel' : 'text'}
              autoComplete="off"
              maxLength={40}
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? `${id}-${key}-error` : undefined}
              value={values[key] ?? ''}
              onChange={(event) => {
                const { value } = event.currentTarget
                setValues((before) => ({ ...before, [key]: value }))
              }}
            />
            {problem ? (
              <p id={`${id}-${key}-error`} className="dk-error">
                {problem}
              </p>
            ) : null}
          </div>
        )
      })}
      <div className="dk-field">
        <label className="dk-label" htmlFor={`${id}-address`}>
          {t('persons.home')}
        </label>
        {community ? <AddressField id={`${id}-address`} communityId={community.areaId} invalid={false} onChange={setAddressId} /> : null}
        <p className="dk-note">{t('persons.unsettledText')}</p>
      </div>
      {addressId ? (
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-residence`}>
            {t('persons.field.residence')}
          </label>
          <select
            id={`${id}-residence`}
            className="dk-input"
            value={residence}
            onChange={(event) => setResidence(event.currentTarget.value as typeof residence)}
          >
            {(['owner', 'tenant', 'family', 'other'] as const).map((key) => (
              <option key={key} value={key}>
                {t(`persons.residence.${key}`)}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      {record.error && Object.keys(problems).length === 0 ? (
        <p className="dk-error" role="alert">
          {words(record.error)}
        </p>
      ) : null}
    </FormDialog>
  )
}

/** Where the file belongs while no address says so: the post's own community, for a grid worker that of the cell. */
function useOwnCommunity(me: Me): { areaId: string; code: string } | undefined {
  const post = me.actingPost
  const isCell = post?.areaLevel === 'cell'
  const code = isCell ? post.areaCode.slice(0, 12) : (post?.areaCode ?? '')
  const { data } = useQuery({
    queryKey: ['areas', 'code', code],
    queryFn: ({ signal }) => call('GET /public/areas', { query: { code } }, signal),
    enabled: code !== '',
    staleTime: 60 * 60_000,
  })
  return data?.items[0]
}

/** The server names `values.phone`; the line is `phone`. */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof ApiError) || !error.problem.fields) return error
  const fields = error.problem.fields.map(({ path, message }) => ({ path: path.replace(/^(?:body\.)?(?:values|home)\./, ''), message }))
  return new ApiError({ ...error.problem, fields })
}

import { call, newId } from '@linli/ui/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { meQuery } from '../api/queries.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { Part } from './person-part.tsx'
import { type Dwelling, dwellingQuery } from './queries.ts'

type Target = 'home' | 'building'

/** What an address is part of with its codes, where it is, and by what other names people know it. */
export function StandardAddress({ address, standard }: Pick<Dwelling, 'address' | 'standard'>) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const intent = useRef<Intent>(undefined)
  const [name, setName] = useState('')
  const [target, setTarget] = useState<Target>('building')
  const requestId = (content: object): string => {
    intent.current = nextIntent(intent.current, content, newId)
    return intent.current.requestId
  }
  const done = async () => {
    intent.current = undefined
    await queryClient.invalidateQueries({ queryKey: dwellingQuery(address.addressId).queryKey })
  }
  const add = useMutation({
    mutationFn: (said: { name: string; target: Target }) =>
      call('POST /addresses/:addressId/aliases', {
        params: { addressId: said.target === 'home' ? address.addressId : standard.buildingAddressId },
        body: { requestId: requestId(said), name: said.name },
      }),
    onSuccess: async () => {
      setName('')
      await done()
    },
  })
  const end = useMutation({
    mutationFn: ({ addressId, aliasId }: Dwelling['standard']['aliases'][number]) =>
      call('POST /addresses/:addressId/aliases/:aliasId/end', {
        params: { addressId, aliasId },
        body: { requestId: requestId({ aliasId }) },
      }),
    onSuccess: done,
  })
  const isBusy = add.isPending || end.isPending
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isBusy && name.trim().length >= 2) add.mutate({ name: name.trim(), target })
  }
  const mayRecord = me !== undefined && may(me, 'registry.record')
  const problem = add.error ?? end.error
  const refusedName = useFieldProblems()(add.error, ['name']).name
  const said = end.data && !add.data ? t('persons.aliasEnded', end.data) : add.data ? t('persons.aliasAdded', add.data) : ''
  return (
    <Part title={t('persons.standard')}>
      <dl className="wb-person-facts">
        <div>
          <dt>{t('persons.divisions')}</dt>
          <dd>
            {standard.divisions.map(({ code, name: division }) => (
              <span key={code} className="wb-someone">
                <span lang="zh-CN">{division}</span> <span className="dk-meta dk-num">{code}</span>
              </span>
            ))}
          </dd>
        </div>
        <div>
          <dt>{t('persons.position')}</dt>
          <dd className="dk-num">
            {standard.lon.toFixed(5)}, {standard.lat.toFixed(5)}
          </dd>
        </div>
        <div>
          <dt>{t('persons.aliases')}</dt>
          <dd>
            {standard.aliases.length === 0 ? <span className="dk-meta">{t('persons.noAliases')}</span> : null}
            <ul className="wb-plain">
              {standard.aliases.map((alias) => (
                <li key={alias.aliasId} className="wb-several-one">
                  <b lang="zh-CN">{alias.name}</b>
                  <span className="dk-meta">{t(`persons.aliasOf.${alias.addressId === address.addressId ? 'home' : 'building'}`)}</span>
                  {mayRecord ? (
                    <button
                      type="button"
                      className="dk-button dk-button-small"
                      disabled={isBusy}
                      aria-label={t('persons.endAlias', { name: alias.name })}
                      onClick={() => {
                        add.reset()
                        end.mutate(alias)
                      }}
                    >
                      {t('persons.endIt')}
                    </button>
                  ) : null}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      </dl>
      {mayRecord ? (
        <form className="wb-address-new" onSubmit={submit}>
          <input
            className="dk-input"
            aria-label={t('persons.aliasName')}
            placeholder={t('persons.aliasName')}
            maxLength={40}
            aria-invalid={refusedName ? true : undefined}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <select
            className="dk-input"
            aria-label={t('persons.aliasFor')}
            value={target}
            onChange={(event) => setTarget(event.currentTarget.value as Target)}
          >
            <option value="building">{t('persons.aliasOf.building')}</option>
            <option value="home">{t('persons.aliasOf.home')}</option>
          </select>
          <button type="submit" className="dk-button" disabled={isBusy || name.trim().length < 2}>
            {t('persons.addAlias')}
          </button>
        </form>
      ) : null}
      <p className="dk-note" role="status">
        {said}
      </p>
      {problem ? (
        <p className="dk-error" role="alert">
          {refusedName ?? words(problem)}
        </p>
      ) : null}
    </Part>
  )
}

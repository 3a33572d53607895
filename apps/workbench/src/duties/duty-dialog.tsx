import { call } from '@linli/ui/client'
import { KeyCap, type Picked, PickList, type PickSource, useDefinitionText, useNow } from '@linli/ui/desk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { categoriesQuery, meQuery } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import { areaTreeQuery, findAreas } from '../scenes/area-tree.ts'
import { DutyField } from './duty-field.tsx'
import { ProposalFields } from './proposal-fields.tsx'
import { todayHere, usePropose } from './propose.ts'
import { type DutyRow, standings } from './queries.ts'

interface Form {
  standing: DutyRow['standing']
  category: string
  org: Picked | undefined
  area: Picked | undefined
  clauseNo: string
  clause: string
  document: string
  words: string
  effectiveOn: string
  reason: string
}

const keys = ['standing', 'category', 'orgId', 'areaId', 'clauseNo', 'clause', 'document', 'words', 'effectiveOn', 'reason'] as const

const findOrganizations: PickSource = async (words, signal) => {
  const { items } = await call('GET /organizations', { query: words.trim() ? { q: words.trim() } : {} }, signal)
  return items.map((org) => ({ id: org.orgId, label: org.name, note: org.areaName }))
}

const wordsIn = (text: string): string[] => [...new Set(text.split(/[\s,，、;；]+/u).filter(Boolean))]

/** A new line, or a line as it is to be. Nothing changes until somebody else has confirmed it. */
export function DutyDialog({ line, onClose }: { line?: DutyRow; onClose(): void }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const words = useProblemText()
  const id = useId()
  const now = useNow()
  const queryClient = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const { data: categories } = useQuery(categoriesQuery)
  const place = { areaId: me?.actingPost?.areaId ?? '', name: me?.actingPost?.areaName ?? '' }
  const [form, setForm] = useState<Form>(() => ({
    standing: line?.standing ?? 'basic',
    category: line?.category ?? '',
    org: line && { id: line.orgId, label: line.orgName },
    area: line ? { id: line.areaId, label: line.areaName } : { id: place.areaId, label: place.name },
    clauseNo: line?.clauseNo ?? '',
    clause: line?.clause ?? '',
    document: line?.document ?? '',
    words: line?.words.join(' ') ?? '',
    effectiveOn: todayHere(now),
    reason: '',
  }))
  const [missing, setMissing] = useState<Record<string, string>>({})
  const change = (part: Partial<Form>) => {
    setForm({ ...form, ...part })
    setMissing({})
  }
  const send = usePropose(line, onClose)
  const refused = useFieldProblems()(
    send.error,
    keys.map((key) => key as string),
  )
  const errors = { ...refused, ...missing }
  const submit = () => {
    if (send.isPending) return
    const { org, area } = form
    const found = missingIn(form, t('duties.needThis'))
    setMissing(found)
    const [first] = Object.keys(found)
    if (first) document.getElementById(`${id}-${first}`)?.focus()
    else if (org && area) {
      const { standing, category, clauseNo, clause, document: source, effectiveOn, reason } = form
      const draft = {
        standing,
        category,
        orgId: org.id,
        areaId: area.id,
        clauseNo: clauseNo.trim(),
        clause: clause.trim(),
        document: source.trim(),
        words: wordsIn(form.words),
      }
      send.mutate({ draft, effectiveOn, reason: reason.trim() })
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  const input = (key: 'clauseNo' | 'clause' | 'document' | 'words', max: number, note?: string) => (
    <DutyField id={`${id}-${key}`} label={t(`duties.${key === 'words' ? 'sayings' : key}`)} error={errors[key]} {...(note ? { note } : {})}>
      {(control) => (
        <input
          {...control}
          className="dk-input"
          maxLength={max}
          value={form[key]}
          onChange={(event) => change({ [key]: event.currentTarget.value })}
        />
      )}
    </DutyField>
  )
  return (
    <Dialog
      onClose={onClose}
      width="36rem"
      title={t(line ? 'duties.amendTitle' : 'duties.addTitle')}
      focusFirst={(dialog) => dialog.querySelector<HTMLElement>('input:checked')}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('desk.cancel')}
            <KeyCap>Esc</KeyCap>
          </button>
          <button
            type="button"
            className="dk-button dk-button-primary"
            onClick={submit}
            disabled={send.isPending}
            aria-busy={send.isPending || undefined}
          >
            {t('duties.propose')}
            <KeyCap>Ctrl Enter</KeyCap>
          </button>
        </div>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the key of the whole form, wherever the focus is in it */}
      <div className="wb-dialog-body" onKeyDown={onKeyDown}>
        <p className="wb-info">{t('duties.twoText')}</p>
        {send.error && Object.keys(refused).length === 0 ? (
          <p className="dk-error" role="alert">
            {words(send.error)}
          </p>
        ) : null}
        <fieldset className="dk-field">
          <legend className="dk-label">{t('duties.list')}</legend>
          <div className="dk-choices">
            {standings.map((one) => (
              <label key={one} className="dk-choice">
                <input type="radio" name="standing" checked={form.standing === one} onChange={() => change({ standing: one })} />
                <span>{t(`duties.lists.${one}`)}</span>
              </label>
            ))}
          </div>
          <p className="dk-note">{t(`duties.textOf.${form.standing}`)}</p>
        </fieldset>
        <DutyField id={`${id}-category`} label={t('duties.category')} error={errors.category}>
          {(control) => (
            <select
              {...control}
              className="dk-input"
              value={form.category}
              onChange={(event) => change({ category: event.currentTarget.value })}
            >
              <option value="">{t('duties.choose')}</option>
              {[...new Map((categories?.items ?? []).map((one) => [one.key, one]))].map(([key, one]) => (
                <option key={key} value={key}>
                  {t(`kinds.${one.kind}`)} · {text(`category.${key}`, one.name)}
                </option>
              ))}
            </select>
          )}
        </DutyField>
        <DutyField id={`${id}-orgId`} label={t('duties.org')} error={errors.orgId}>
          {(control) => (
            <PickList
              id={control.id}
              value={form.org}
              onChange={(org) => change({ org })}
              source={findOrganizations}
              invalid={errors.orgId !== undefined}
              describedBy={control['aria-describedby']}
            />
          )}
        </DutyField>
        <DutyField id={`${id}-areaId`} label={t('duties.area')} error={errors.areaId} note={t('duties.areaNote')}>
          {(control) => (
            <PickList
              id={control.id}
              value={form.area}
              onChange={(area) => change({ area })}
              source={async (typed) => findAreas(await queryClient.ensureQueryData(areaTreeQuery(place)), typed)}
              invalid={errors.areaId !== undefined}
              describedBy={control['aria-describedby']}
            />
          )}
        </DutyField>
        {input('clauseNo', 20)}
        {input('clause', 500)}
        {input('document', 200, t('duties.documentNote'))}
        {input('words', 400, t('duties.sayingsNote'))}
        <ProposalFields id={id} effectiveOn={form.effectiveOn} reason={form.reason} errors={errors} onChange={change} />
      </div>
    </Dialog>
  )
}

function missingIn(form: Form, says: string): Record<string, string> {
  const empty: Record<string, boolean> = {
    category: !form.category,
    orgId: !form.org,
    areaId: !form.area,
    clauseNo: !form.clauseNo.trim(),
    clause: form.clause.trim().length < 2,
    document: form.document.trim().length < 2,
    effectiveOn: !form.effectiveOn,
    reason: form.reason.trim().length < 2,
  }
  return Object.fromEntries(Object.entries(empty).flatMap(([key, isEmpty]) => (isEmpty ? [[key, says]] : [])))
}

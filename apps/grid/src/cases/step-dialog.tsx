import { call } from '@linli/ui/client'
import { useDefinitionText } from '@linli/ui/text'
import { Dialog, ErrorSummary, FormFields, PhotoSection, type TouchFormSources } from '@linli/ui/touch'
import { useTranslation } from 'react-i18next'
import { useServerNow } from '../alarm/alarm-watch.tsx'
import type { CaseView, MoveOffer } from './queries.ts'
import { useStep } from './use-step.ts'

interface StepDialogProps {
  view: CaseView
  offer: MoveOffer
  onClose(): void
}

const lists: Omit<TouchFormSources, 'files'> = {
  async organizations(words, signal) {
    const { items } = await call('GET /organizations', { query: words.trim() ? { q: words.trim() } : {} }, signal)
    return items.map(({ orgId, name, areaName }) => ({ id: orgId, label: name, note: areaName ?? '' }))
  },
  async colleagues(words, signal) {
    const { items } = await call('GET /colleagues', { query: words.trim() ? { q: words.trim() } : {} }, signal)
    return items.map(({ accountId, name, roleName }) => ({ id: accountId, label: name, note: roleName }))
  },
}

/** The form of one step as the definition has it. What was written stays on the phone until the step has been made or thrown away. */
export function StepDialog({ view, offer, onClose }: StepDialogProps) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const now = useServerNow()
  const { draft, change, photosOf, errors, attempt, make } = useStep(view, offer)
  const sources: TouchFormSources = {
    ...lists,
    files: ({ key, max }) => {
      const { photos, addPhotos, removePhoto } = photosOf(key)
      return (
        <PhotoSection
          photos={photos}
          onAdd={async (files) => void (await addPhotos(files.slice(0, max - photos.length)))}
          onRemove={removePhoto}
        />
      )
    },
  }
  const problems = Object.values(errors)
  return (
    <Dialog title={word(`move.${offer.key}`, offer.name)} open onClose={onClose} full>
      <form
        className="page-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (make()) onClose()
        }}
      >
        {problems.length > 0 ? (
          <ErrorSummary key={attempt} title={t('report.mend')} problems={problems.map((message) => ({ message }))} />
        ) : null}
        {offer.because ? <p className="note">{word(`note.${offer.because}`, offer.because)}</p> : null}
        {offer.form ? (
          <FormFields form={offer.form} draft={draft.values} onChange={change} errors={errors} sources={sources} now={now} />
        ) : (
          <p>{t('case.sure')}</p>
        )}
        <button type="submit" className="btn primary big wide">
          {word(`move.${offer.key}`, offer.name)}
        </button>
      </form>
    </Dialog>
  )
}

import { KeyCap } from '@linli/ui/desk'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import { ConflictNote } from './conflict-note.tsx'
import { type SimilarCase, useLikenessWords } from './likeness-words.ts'
import { ChangedMeanwhile, useSendMove } from './use-send-move.ts'

interface MergeDialogProps {
  own: CaseView
  item: SimilarCase
  merge: NonNullable<SimilarCase['merge']>
  onClose(): void
  onDone(merged: CaseView): void
}

/** Asked once more: which of the two ends in which, and what becomes of those who reported it. */
export function MergeDialog({ own, item, merge, onClose, onDone }: MergeDialogProps) {
  const { t } = useTranslation()
  const words = useProblemText()
  const why = useLikenessWords()
  const send = useSendMove(merge.caseId, onDone)
  const [from, into] = merge.caseId === own.caseId ? [own, item.case] : [item.case, own]
  const failure = send.error instanceof ChangedMeanwhile ? undefined : send.error
  return (
    <Dialog
      title={t('similar.confirm')}
      width="34rem"
      onClose={onClose}
      focusFirst={(dialog) => dialog.querySelector<HTMLElement>('.dk-button-primary')}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('desk.cancel')}
            <KeyCap>Esc</KeyCap>
          </button>
          <button
            type="button"
            className="dk-button dk-button-primary"
            disabled={send.isPending}
            aria-busy={send.isPending || undefined}
            onClick={() => send.mutate({ move: merge.move, data: merge.data, seq: merge.expectedSeq })}
          >
            {t('similar.merge')}
            <KeyCap>Enter</KeyCap>
          </button>
        </div>
      }
    >
      <div className="wb-dialog-body">
        <p>{t('similar.confirmText', { from: from.number, into: into.number })}</p>
        <p className="dk-note">{why(item.likeness)}</p>
        <p className="dk-note">{t('similar.confirmNote')}</p>
        {send.error instanceof ChangedMeanwhile ? <ConflictNote conflict={send.error.conflict} keepsText={false} /> : null}
        {failure ? (
          <p className="dk-error" role="alert">
            {words(failure)}
          </p>
        ) : null}
      </div>
    </Dialog>
  )
}

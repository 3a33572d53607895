import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'

interface FormDialogProps {
  title: ReactNode
  /** CSS width; never wider than the window. */
  width: string
  /** What sends it says. */
  submit: ReactNode
  /** While it is under way, or nothing can be sent. */
  isDisabled: boolean
  onClose(): void
  onSubmit(): void
  children: ReactNode
}

/** A dialog that asks for something and sends it, or is left. */
export function FormDialog({ title, width, submit, isDisabled, onClose, onSubmit, children }: FormDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <Dialog
      title={title}
      width={width}
      onClose={onClose}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('desk.cancel')}
          </button>
          <button type="submit" form={id} className="dk-button dk-button-primary" disabled={isDisabled}>
            {submit}
          </button>
        </div>
      }
    >
      <form
        id={id}
        className="wb-dialog-body"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
      </form>
    </Dialog>
  )
}

import { CircleAlert, type LucideIcon, X } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'

/** A place a person must find, drawn as a house-number plate. Never a button. */
export function Plate({ children }: { children: ReactNode }) {
  return <span className="plate">{children}</span>
}

/** What will appear here, said in one line; no pictures of empty boxes. */
export function Empty({ icon, title, children }: { icon: LucideIcon; title: string; children: ReactNode }) {
  return (
    <div className="sheet empty">
      <Icon of={icon} />
      <p className="strong">{title}</p>
      <p>{children}</p>
    </div>
  )
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p className="field-error" id={id}>
      <Icon of={CircleAlert} />
      <span>{children}</span>
    </p>
  )
}

export interface FieldProps {
  label: string
  hint?: string
  error?: string | undefined
  /** Receives what the control must carry to be found, named and described. */
  children(control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }): ReactNode
}

/** Label, hint, one control, and its error as a sentence that says how to mend it. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const errorId = `${id}-error`
  const hintId = `${id}-hint`
  const described = [hint ? hintId : '', error ? errorId : ''].filter(Boolean).join(' ') || undefined
  return (
    <div className="field">
      <div className="section-head">
        <label className="strong" htmlFor={id}>
          {label}
        </label>
        {hint ? (
          <span className="hint quiet" id={hintId}>
            {hint}
          </span>
        ) : null}
      </div>
      {children({ id, 'aria-describedby': described, 'aria-invalid': Boolean(error) })}
      {error ? <FieldError id={errorId}>{error}</FieldError> : null}
    </div>
  )
}

export interface SummaryProblem {
  message: string
  /** The control to go to, or what brings it into view. */
  target?: RefObject<HTMLElement | null> | (() => void)
}

/** All that is wrong, on top, each leading to its field. Takes the focus when it appears or changes. */
export function ErrorSummary({ title, problems }: { title: string; problems: readonly SummaryProblem[] }) {
  const box = useRef<HTMLDivElement>(null)
  const said = problems.map((problem) => problem.message).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: other problems are a new answer, and the reader must hear it; give a key per attempt to say the same again
  useEffect(() => {
    box.current?.focus()
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [said])
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{title}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.message}>
            {problem.target ? (
              <button type="button" onClick={() => goTo(problem.target)}>
                {problem.message}
              </button>
            ) : (
              problem.message
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function goTo(target: SummaryProblem['target']): void {
  if (typeof target === 'function') target()
  else target?.current?.focus()
}

export interface DialogProps {
  title: string
  open: boolean
  onClose(): void
  /** The whole screen, for pickers and for help. */
  full?: boolean
  children: ReactNode
}

/** The browser's own modal dialog: focus stays inside, Escape closes, focus returns to where it was. */
export function Dialog({ title, open, onClose, full, children }: DialogProps) {
  const { t } = useTranslation()
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself; the click is the backdrop
    <dialog
      ref={element}
      className={full ? 'dialog full' : 'dialog'}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      {open ? (
        <div className="dialog-body">
          <div className="dialog-head">
            <h2 id={titleId}>{title}</h2>
            <button type="button" className="dialog-close" aria-label={t('kit.close')} onClick={onClose}>
              <Icon of={X} />
            </button>
          </div>
          {children}
        </div>
      ) : null}
    </dialog>
  )
}

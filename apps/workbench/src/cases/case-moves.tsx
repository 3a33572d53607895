import { ApiError } from '@linli/ui/client'
import { type FormDraft, MoveBar, moveOfKey, useDefinitionText, useHolderText } from '@linli/ui/desk'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formSources } from '../api/form-sources.ts'
import { type CaseView, type MoveOffer, routeQuery } from '../api/queries.ts'
import { useKeys } from '../parts/keys.ts'
import { useProblemText } from '../parts/states.tsx'
import { ConflictNote } from './conflict-note.tsx'
import { holdMove, releaseHeld, undoHeld, useHeldMove } from './held-move.ts'
import { HeldNote } from './held-note.tsx'
import { ChangedMeanwhile, sendOnLeaving, useSendMove } from './use-send-move.ts'

/** Not needed to read a case; fetched right after it is drawn, so that the first key finds it there. */
const loadDialog = () => import('./move-dialog.tsx')
const MoveDialog = lazy(async () => ({ default: (await loadDialog()).MoveDialog }))

interface CaseMovesProps {
  caseFile: CaseView
  /** May ask for the routing suggestion. */
  canRoute: boolean
  /** A move whose dialog another part of the page asks for. */
  asked?: string | undefined
  onAskedDone?: () => void
  onDone(seq: number): void
  /** After a step: what comes next on this page. */
  next?: string | undefined
}

/** The bar at the foot of a case: exactly the offered moves, their keys, their dialogs, and what became of the last one. */
export function CaseMoves({ caseFile, canRoute, asked, onAskedDone, onDone, next }: CaseMovesProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const holderText = useHolderText()
  const words = useProblemText()
  const [open, setOpen] = useState<string>()
  const [last, setLast] = useState<string>()
  // After a step its offer is gone; the receipt still calls it by its name.
  const names = useRef(new Map<string, string>())
  for (const move of caseFile.moves) names.current.set(move.key, text(`move.${move.key}`, move.name))
  const dispatch = caseFile.moves.find((move) => hasOrganization(move))
  const { data: route } = useQuery({ ...routeQuery(caseFile.caseId), enabled: canRoute && dispatch !== undefined })
  const suggested = route?.items[0]
  const say = useRef(words)
  say.current = words
  const sources = useMemo(() => formSources(route?.items, (error) => say.current(error)), [route])
  const finish = (view: CaseView, move: string) => {
    setOpen(undefined)
    setLast(names.current.get(move) ?? move)
    onDone(view.seq)
  }
  const send = useSendMove(caseFile.caseId, (view, step) => finish(view, step.move))
  const direct = dispatch?.primary && suggested && asksOnlyWhom(dispatch) ? dispatch : undefined

  const known = (move: MoveOffer): FormDraft => {
    const draft: FormDraft = {}
    for (const field of move.form?.fields ?? []) {
      // Whoever else is to come is for the person to say.
      if (field.type === 'organization' && field.required && suggested) draft[field.key] = { id: suggested.orgId, label: suggested.orgName }
      if (field.key === 'clause' && suggested) draft.clause = `${suggested.clauseNo} ${suggested.clause}`
      if (field.key === 'appealType' && caseFile.appealType) draft.appealType = caseFile.appealType
      if (field.key === 'category' && caseFile.category) draft.category = caseFile.category
      if (field.key === 'level' && caseFile.level) draft.level = caseFile.level
    }
    return draft
  }
  const current = useHeldMove()
  const held = current?.caseId === caseFile.caseId ? current : undefined
  const [isUndone, setIsUndone] = useState(false)
  const bar = useRef<HTMLDivElement>(null)
  const nameOf = (move: MoveOffer) => {
    const name = text(`move.${move.key}`, move.name)
    return move === direct && suggested ? t('moves.dispatchTo', { name, org: suggested.orgName }) : name
  }
  const hold = (move: MoveOffer, data: Record<string, unknown>) => {
    const step = { move: move.key, seq: caseFile.seq, data }
    const leave = () => sendOnLeaving(caseFile.caseId, step)
    holdMove({ caseId: caseFile.caseId, ...step, name: nameOf(move), send: () => send.mutateAsync(step), leave })
  }
  const start = (key: string) => {
    const move = caseFile.moves.find((offer) => offer.key === key)
    if (!move || send.isPending) return
    if (held) {
      // Going on means that the first one was meant; the next is made on what comes of it.
      if (key !== held.move) void releaseHeld()
      return
    }
    setLast(undefined)
    setIsUndone(false)
    send.reset()
    if (move === direct && suggested) {
      const organization = move.form?.fields.find((field) => field.type === 'organization')?.key ?? ''
      const hasClause = move.form?.fields.some((field) => field.key === 'clause')
      hold(move, { [organization]: suggested.orgId, ...(hasClause ? { clause: `${suggested.clauseNo} ${suggested.clause}` } : {}) })
    } else if (move.form) setOpen(key)
    else hold(move, {})
  }
  // Somebody was faster: there is nothing to wait for, and the answer tells who.
  useEffect(() => {
    if (held && held.seq !== caseFile.seq) void releaseHeld()
  }, [held, caseFile.seq])
  useEffect(() => () => void releaseHeld({ isLeft: true }), [])
  useKeys((key, event) => {
    const move = moveOfKey(caseFile.moves, key)
    if (!move) return
    event.preventDefault()
    start(move)
  })
  useEffect(() => void loadDialog().catch(() => undefined), [])
  useEffect(() => {
    if (!asked) return
    // Another choice for the same step: the one that waits was not meant.
    undoHeld()
    setOpen(asked)
    onAskedDone?.()
  }, [asked, onAskedDone])

  const openOffer = caseFile.moves.find((move) => move.key === open)
  const [kept, setKept] = useState<MoveOffer>()
  useEffect(() => {
    if (openOffer) setKept(openOffer)
  }, [openOffer])
  // A move that somebody else just made impossible keeps its dialog open: the words in it are not ours to throw away.
  const shown = open ? (openOffer ?? (kept?.key === open ? kept : undefined)) : undefined
  const failure = send.error instanceof ChangedMeanwhile ? undefined : send.error

  return (
    <div ref={bar} className="wb-moves">
      {send.error instanceof ChangedMeanwhile ? <ConflictNote conflict={send.error.conflict} keepsText={false} /> : null}
      {failure ? (
        <p className="dk-error" role="alert">
          {words(failure)}{' '}
          {failure instanceof ApiError && failure.status === 0 && send.variables ? (
            <button type="button" className="dk-link" onClick={() => send.mutate(send.variables)}>
              {t('dialog.resend')}
            </button>
          ) : null}
        </p>
      ) : null}
      {last ? (
        <p className="wb-receipt" role="status">
          {t('moves.done', { name: last })} {next}
        </p>
      ) : null}
      {held ? (
        <HeldNote
          held={held}
          onUndone={() => {
            setIsUndone(true)
            requestAnimationFrame(() => bar.current?.querySelector<HTMLElement>('[role="toolbar"] button')?.focus())
          }}
        />
      ) : null}
      {isUndone ? (
        <p className="wb-receipt" role="status">
          {t('held.undone')}
        </p>
      ) : null}
      {caseFile.moves.length > 0 ? (
        <MoveBar
          label={t('moves.label')}
          moves={caseFile.moves}
          onMove={start}
          busy={send.isPending ? send.variables?.move : held?.move}
          rename={direct ? { [direct.key]: nameOf(direct) } : undefined}
        />
      ) : (
        <p className="dk-note">{t('moves.none', { holder: holderText(caseFile) })}</p>
      )}
      {shown ? (
        <Suspense>
          <MoveDialog
            key={`${caseFile.caseId} ${shown.key}`}
            caseFile={caseFile}
            offer={shown}
            known={known(shown)}
            sources={sources}
            onClose={() => setOpen(undefined)}
            onDone={(view) => finish(view, shown.key)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}

/** One key sends it to the suggested unit; a ruling asks for its basis as well. */
const asksOnlyWhom = (move: MoveOffer): boolean =>
  (move.form?.fields ?? []).every((field) => !field.required || field.type === 'organization')
const hasOrganization = (move: MoveOffer): boolean => (move.form?.fields ?? []).some((field) => field.type === 'organization')

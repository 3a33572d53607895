import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { caseQuery, type Me } from '../api/queries.ts'
import { Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { CaseBody } from './case-body.tsx'
import { CaseHead } from './case-head.tsx'
import { CaseMoves } from './case-moves.tsx'
import { CaseProblem } from './case-problem.tsx'

interface CasePanelProps {
  caseId: string
  me: Me
  position?: string | undefined
  next?: string | undefined
  isPage?: boolean
  isTitle?: boolean
  tools?: ReactNode
}

/** One case to read and act on: head, body that scrolls, and the moves at the foot. */
export function CasePanel({ caseId, me, position, next, isPage = false, isTitle = isPage, tools }: CasePanelProps) {
  const { data, error, refetch } = useQuery(caseQuery(caseId))
  const [fresh, setFresh] = useState<number>()
  const [asked, setAsked] = useState<string>()
  if (!data) return error ? <CaseProblem error={error} retry={() => void refetch()} /> : <Waiting rows={10} />
  return (
    <article className="wb-case">
      <CaseHead caseFile={data} position={position} isPage={isPage} isTitle={isTitle} tools={tools} />
      <div className="wb-case-scroll">
        <CaseBody caseFile={data} me={me} fresh={fresh} isTitle={isTitle} onOtherUnit={setAsked} />
      </div>
      <CaseMoves
        caseFile={data}
        canRoute={may(me, 'cases.dispatch')}
        asked={asked}
        onAskedDone={() => setAsked(undefined)}
        onDone={setFresh}
        next={next}
      />
    </article>
  )
}

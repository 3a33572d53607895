import '../styles/cells.css'
import './words.ts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Me, meQuery } from '../api/queries.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { CellEditor } from './cell-editor.tsx'
import { CommunityView } from './community-view.tsx'
import { cellsQuery, communitiesQuery } from './queries.ts'

export function CellsPage() {
  const { data: me } = useQuery(meQuery)
  return me?.actingPost ? <Cells me={me} post={me.actingPost} /> : <Waiting />
}

/** The division of the area of a post down to cells; for whoever may, the way to change it. */
function Cells({ post }: { me: Me; post: NonNullable<Me['actingPost']> }) {
  const { t } = useTranslation()
  const { community } = useSearch({ from: '/shell/cells' })
  const navigate = useNavigate()
  const tree = useQuery(communitiesQuery(post))
  const chosen = community ?? tree.data?.flatMap(({ communities }) => communities)[0]?.areaId
  const places = tree.data?.flatMap(({ communities }) => communities) ?? []
  return (
    <div className="wb-page">
      <PageHead title={t('cells.title')} note={t('cells.text')}>
        <Link to="/handovers" search={chosen ? { community: chosen } : {}} className="dk-button dk-button-small">
          {t('handovers.title')}
        </Link>
      </PageHead>
      {tree.isPending ? <Waiting /> : null}
      {tree.error && !tree.data ? <Problem error={tree.error} retry={() => void tree.refetch()} /> : null}
      {tree.isSuccess && places.length === 0 ? <Nothing title={t('cells.noCommunity')} /> : null}
      {places.length > 1 ? (
        <div className="wb-cells-choice">
          <label className="dk-label" htmlFor="cells-community">
            {t('cells.community')}
          </label>
          <select
            id="cells-community"
            className="dk-input"
            value={chosen}
            onChange={(event) => void navigate({ to: '/cells', search: { community: event.currentTarget.value } })}
          >
            {tree.data?.map(({ township, communities }) =>
              township ? (
                <optgroup key={township.areaId} label={township.name}>
                  {communities.map(({ areaId, name }) => (
                    <option key={areaId} value={areaId}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              ) : (
                communities.map(({ areaId, name }) => (
                  <option key={areaId} value={areaId}>
                    {name}
                  </option>
                ))
              ),
            )}
          </select>
        </div>
      ) : null}
      {chosen ? <Community key={chosen} communityId={chosen} /> : null}
    </div>
  )
}

function Community({ communityId }: { communityId: string }) {
  const { t } = useTranslation()
  const cells = useQuery(cellsQuery(communityId))
  const [isEditing, setIsEditing] = useState(false)
  const [handoverId, setHandoverId] = useState<string | null>()
  if (cells.isPending) return <Waiting />
  if (cells.error && !cells.data) return <Problem error={cells.error} retry={() => void cells.refetch()} />
  if (!cells.data) return null
  if (isEditing) {
    return (
      <CellEditor
        base={cells.data}
        onLeave={() => setIsEditing(false)}
        onReload={async () => {
          await cells.refetch()
          setIsEditing(false)
        }}
        onDone={async (done) => {
          await cells.refetch()
          setHandoverId(done)
          setIsEditing(false)
        }}
      />
    )
  }
  return (
    <>
      <p role="status" className="wb-cells-done">
        {handoverId !== undefined ? t('cells.done') : ''}{' '}
        {handoverId ? (
          <Link to="/handovers/$handoverId" params={{ handoverId }} className="dk-link">
            {t('cells.openList')}
          </Link>
        ) : null}
      </p>
      <CommunityView
        data={cells.data}
        onEdit={() => {
          setHandoverId(undefined)
          setIsEditing(true)
        }}
      />
    </>
  )
}

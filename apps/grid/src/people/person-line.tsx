import { useKept } from '@linli/ui/phone'
import { Icon } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { CloudUpload, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { QueuedItem } from '../kept/items.ts'
import { waiting } from '../kept/queue.ts'
import type { TakenFile } from './along.ts'
import { usePersonWords } from './person-words.ts'

interface PersonLineProps {
  personId: string
  name: string
  place: string
  groups: readonly { key: string; name: string }[]
  status: TakenFile['status']
}

const isVisitOf = (personId: string) => (item: QueuedItem) => item.kind === 'visit' && item.personId === personId

/** One person, masked: who, where, and why somebody looks after her. The whole line opens the file. */
export function PersonLine({ personId, name, place, groups, status }: PersonLineProps) {
  const { t } = useTranslation()
  const words = usePersonWords()
  const isNoted = useKept(waiting).some(isVisitOf(personId))
  return (
    <Link to="/people/$personId" params={{ personId }} className="row">
      <Icon of={UserRound} />
      <span className="row-text">
        <span className="row-title" lang="zh-CN">
          {name}
        </span>
        <span className="quiet row-meta">
          <span lang="zh-CN">{place}</span>
          {groups.map((group) => (
            <span key={group.key}>{words.group(group)}</span>
          ))}
          {status === 'here' ? null : <span>{t(`people.status.${status}`)}</span>}
        </span>
      </span>
      {isNoted ? (
        <span className="row-end quiet">
          <Icon of={CloudUpload} />
          {t('people.noted')}
        </span>
      ) : null}
    </Link>
  )
}

import { useKept, useOnline } from '@linli/ui/phone'
import { Icon } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { CloudUpload, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { queued } from '../report/sending.ts'

/** What stands between this device and the server, as a fact: no connection, reports that wait, reports that came back. */
export function OffBand() {
  const { t } = useTranslation()
  const online = useOnline()
  const reports = useKept(queued)
  const waiting = reports.filter((report) => !report.refusal)
  const refused = reports.filter((report) => report.refusal)
  return (
    <div aria-live="polite" className="off-bands">
      {online && waiting.length === 0 ? null : (
        <div className="off">
          <Icon of={WifiOff} />
          <p className="off-text">{t(waiting.length > 0 ? 'off.waiting' : 'off.offline', { count: waiting.length })}</p>
        </div>
      )}
      {refused[0] ? (
        <div className="off">
          <Icon of={CloudUpload} />
          <p className="off-text">{t('off.refused', { count: refused.length })}</p>
          <Link to="/sent/$requestId" params={{ requestId: refused[0].body.requestId }} className="btn">
            {t('app.edit')}
          </Link>
        </div>
      ) : null}
    </div>
  )
}

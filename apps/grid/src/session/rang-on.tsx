import { useRing } from '@linli/ui/client'
import { Icon } from '@linli/ui/touch'
import { BellOff, BellRing } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** An alarm rang when the session ended. It goes on ringing here until somebody signs in or silences it: a ring never stops by itself. */
export function RangOn() {
  const { t } = useTranslation()
  const [isSilenced, setSilenced] = useState(false)
  const { isMute, unmute } = useRing(!isSilenced)
  useEffect(() => {
    if (isMute && navigator.userActivation?.hasBeenActive) unmute()
  }, [isMute, unmute])
  return (
    <div className="off rang-on" role="alert">
      <Icon of={BellRing} />
      <div className="off-text">
        <p className="strong">{t('ending.rang')}</p>
        <p>{t('alarm.noSubstitute')}</p>
      </div>
      <button type="button" className="btn" disabled={isSilenced} onClick={() => setSilenced(true)}>
        <Icon of={BellOff} />
        {t(isSilenced ? 'alarm.silent' : 'alarm.silence')}
      </button>
    </div>
  )
}

import type { Ending } from '@linli/ui/client'
import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { waitWords } from './wait-words.ts'

/** Asks whether somebody is still there. The click is itself the answer that the server needs. */
export function EndingDialog({ ending, onStay }: { ending: Ending; onStay(): void }) {
  const { t } = useTranslation()
  const [now, setNow] = useState(Date.now)
  const [isKnown, setIsKnown] = useState(false)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const { canStay, endsAt } = ending
  const wait = waitWords((endsAt - now) / 1000, t)
  const go = () => (canStay ? onStay() : setIsKnown(true))
  return (
    <Modal
      open={canStay || !isKnown}
      title={t(canStay ? 'ending.title' : 'ending.titleLast')}
      onCancel={go}
      onOk={go}
      okText={t(canStay ? 'ending.stay' : 'ending.known')}
      okButtonProps={{ autoFocus: true }}
      cancelButtonProps={{ hidden: true }}
      mask={{ closable: false }}
    >
      <p role="timer">{t(canStay ? 'ending.text' : 'ending.textLast', { wait })}</p>
      <p className="dk-note">{t('ending.kept')}</p>
    </Modal>
  )
}

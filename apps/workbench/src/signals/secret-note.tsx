import { useTranslation } from 'react-i18next'

/** A secret, the one time that it can be read. */
export function SecretNote({ code, secret }: { code: string; secret: string }) {
  const { t } = useTranslation()
  return (
    <div className="wb-secret" role="status">
      <p>{t('ledger.secretOnce', { code })}</p>
      <code>{secret}</code>
      <button type="button" className="dk-button dk-button-small" onClick={() => void navigator.clipboard?.writeText(secret)}>
        {t('ledger.copy')}
      </button>
    </div>
  )
}

import { useTranslation } from 'react-i18next'

/** The kind of work as one character in ink (诉 网 办 线): four rulebooks, never a color, never one sum. */
export function KindStamp({ kind }: { kind: string }) {
  const { t } = useTranslation()
  return (
    <span
      className="dk-stamp"
      role="img"
      aria-label={t([`desk.kind.${kind}`, 'desk.kind.other'])}
      title={t([`desk.kind.${kind}`, 'desk.kind.other'])}
    >
      {t([`desk.stamp.${kind}`, 'desk.stamp.other'])}
    </span>
  )
}

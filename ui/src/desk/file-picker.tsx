import { Paperclip, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

export type SendFile = (file: File) => Promise<{ id: string }>

interface FilePickerProps {
  id: string
  value: readonly string[]
  onChange(ids: readonly string[]): void
  max: number
  send: SendFile
  describedBy?: string | undefined
}

/** Photos and PDFs, uploaded as they are chosen; the form carries their ids. A failed one stays, named, with another try. */
export function FilePicker({ id, value, onChange, max, send, describedBy }: FilePickerProps) {
  const { t } = useTranslation()
  const names = useRef(new Map<string, string>())
  const latest = useRef(value)
  latest.current = value
  const [waiting, setWaiting] = useState<readonly { file: File; error?: string }[]>([])

  const add = async (file: File) => {
    setWaiting((list) => [...list.filter((item) => item.file !== file), { file }])
    try {
      const sent = await send(file)
      names.current.set(sent.id, file.name)
      latest.current = [...latest.current, sent.id]
      onChange(latest.current)
      setWaiting((list) => list.filter((item) => item.file !== file))
    } catch (error) {
      setWaiting((list) => list.map((item) => (item.file === file ? { file, error: error instanceof Error ? error.message : '' } : item)))
    }
  }
  const room = max - value.length - waiting.length

  return (
    <div className="dk-files">
      {value.map((fileId, at) => (
        <span key={fileId} className="dk-file">
          <Paperclip size={16} aria-hidden="true" />
          {names.current.get(fileId) ?? t('desk.files.nth', { n: at + 1 })}
          <button
            type="button"
            className="dk-icon-button"
            aria-label={t('desk.files.remove')}
            onClick={() => onChange(value.filter((one) => one !== fileId))}
          >
            <X size={16} aria-hidden="true" />
          </button>
        </span>
      ))}
      {waiting.map(({ file, error }) => (
        <span key={`${file.name}-${file.lastModified}-${file.size}`} className="dk-file" data-failed={error !== undefined || undefined}>
          {file.name} {error === undefined ? t('desk.files.sending') : error}
          {error !== undefined ? (
            <>
              <button type="button" className="dk-link" onClick={() => add(file)}>
                {t('desk.again')}
              </button>
              <button
                type="button"
                className="dk-icon-button"
                aria-label={t('desk.files.remove')}
                onClick={() => setWaiting((list) => list.filter((item) => item.file !== file))}
              >
                <X size={16} aria-hidden="true" />
              </button>
            </>
          ) : null}
        </span>
      ))}
      {room > 0 ? (
        <label className="dk-button dk-file-add">
          {t('desk.files.add', { n: room })}
          <input
            id={id}
            type="file"
            className="dk-visually-hidden"
            accept="image/jpeg,image/png,image/webp,application/pdf"
            multiple={room > 1}
            aria-describedby={describedBy}
            onChange={(event) => {
              for (const file of Array.from(event.currentTarget.files ?? []).slice(0, room)) void add(file)
              event.currentTarget.value = ''
            }}
          />
        </label>
      ) : null}
    </div>
  )
}

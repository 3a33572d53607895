import { useTranslation } from 'react-i18next'
import { channelsOf, type Intake } from './intake-form.ts'

interface ChannelChoiceProps {
  intake: Intake
  onChange(part: Partial<Intake>): void
}

/** How it came in: recorded, and counted the same whatever it is. */
export function ChannelChoice({ intake, onChange }: ChannelChoiceProps) {
  const { t } = useTranslation()
  return (
    <div className="dk-choices wb-channel-choice" role="radiogroup" aria-label={t('intake.channel')}>
      {channelsOf(intake.kind).map((channel) => (
        <label key={channel} className="dk-choice">
          <input type="radio" name="channel" checked={intake.channel === channel} onChange={() => onChange({ channel })} />
          <span>{t(`desk.entryValue.channel.${channel}`)}</span>
        </label>
      ))}
    </div>
  )
}

import { forgetLists } from '@linli/ui/offline'
import { useKept } from '@linli/ui/phone'
import { type Language, switchLanguage, useLanguage } from '@linli/ui/text'
import { Chips, Dialog, Field, Icon, setDisplay, type TextSize, Toggle, textSizes, useDisplay } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { BellRing, ChevronRight, FileUser, ListChecks, ShieldCheck, UserRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { homeArea } from '../kept/home-area.ts'
import { matters } from '../kept/matters.ts'
import { phones } from '../kept/phones.ts'
import { draftStore } from '../report/draft.ts'
import { useResident, useSignOut } from '../session/use-resident.ts'

/** 我的: how this device shows things, whom it calls, what it remembers. Only the own file needs one to sign in. */
export function MinePage() {
  const { t } = useTranslation()
  const { elder, text } = useDisplay()
  const language = useLanguage()
  const mine = useKept(matters)
  return (
    <Page title={t('mine.title')} tabs>
      <WhoIAm />
      <section className="section" aria-labelledby="mine-display">
        <h2 id="mine-display">{t('mine.display')}</h2>
        <div className="sheet sheet-stack">
          <Toggle selected={elder} onChange={(selected) => setDisplay({ elder: selected })} hint={t('mine.elderHint')}>
            {t('mine.elder')}
          </Toggle>
          <p className="strong">{t('mine.text')}</p>
          <Chips<TextSize>
            label={t('mine.text')}
            value={text}
            onChange={(size) => setDisplay({ text: size })}
            choices={textSizes.map((key) => ({ key, name: t(`mine.textSize.${key}`) }))}
          />
          <p className="strong">{t('mine.language')}</p>
          <Chips<Language>
            label={t('mine.language')}
            value={language}
            onChange={(chosen) => void switchLanguage(chosen)}
            choices={[
              { key: 'zh-CN', name: '中文' },
              { key: 'en', name: 'English' },
            ]}
          />
        </div>
      </section>
      <ul className="sheet rows">
        <li>
          <Link to="/progress" className="row">
            <Icon of={ListChecks} />
            <span className="row-text row-title">{t('mine.matters')}</span>
            <span className="row-end second num">{mine.length}</span>
            <Icon of={ChevronRight} />
          </Link>
        </li>
        <li>
          <Link to="/privacy" className="row">
            <Icon of={ShieldCheck} />
            <span className="row-text">
              <span className="row-title">{t('mine.privacy')}</span>
              <span className="quiet">{t('mine.privacyHint')}</span>
            </span>
            <Icon of={ChevronRight} />
          </Link>
        </li>
      </ul>
      <PhonesForm />
      <ForgetAll />
    </Page>
  )
}

/** Who is signed in, or the way to it: everything but one's own file and the call for help works without. */
function WhoIAm() {
  const { t } = useTranslation()
  const resident = useResident()
  const signOut = useSignOut()
  if (resident === undefined) return <p className="quiet">{t('app.loading')}</p>
  return (
    <ul className="sheet rows">
      {resident ? (
        <li className="row-block">
          <p className="strong" lang="zh-CN">
            {[resident.name, resident.phone].filter(Boolean).join(' ')}
          </p>
          <p className="quiet" lang="zh-CN">
            {resident.community?.name ?? t('mine.notRegistered')}
          </p>
          <button type="button" className="btn wide" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
            {t('mine.signOut')}
          </button>
        </li>
      ) : (
        <li>
          <Link to="/sign-in" className="row">
            <Icon of={UserRound} />
            <span className="row-text">
              <span className="row-title">{t('signIn.title')}</span>
              <span className="quiet">{t('mine.signInHint')}</span>
            </span>
            <Icon of={ChevronRight} />
          </Link>
        </li>
      )}
      <li>
        <Link to="/file" className="row">
          <Icon of={FileUser} />
          <span className="row-text">
            <span className="row-title">{t('file.title')}</span>
            <span className="quiet">{t('file.hint')}</span>
          </span>
          <Icon of={ChevronRight} />
        </Link>
      </li>
      <li>
        <Link to="/reach" className="row">
          <Icon of={BellRing} />
          <span className="row-text">
            <span className="row-title">{t('reach.title')}</span>
            <span className="quiet">{t('reach.hint')}</span>
          </span>
          <Icon of={ChevronRight} />
        </Link>
      </li>
    </ul>
  )
}

function PhonesForm() {
  const { t } = useTranslation()
  const kept = useKept(phones)
  const [community, setCommunity] = useState(kept.community)
  const [family, setFamily] = useState(kept.family)
  const [saved, setSaved] = useState(false)
  const save = (event: FormEvent): void => {
    event.preventDefault()
    phones.change(() => ({ community: dialable(community), family: dialable(family) }))
    setSaved(true)
  }
  return (
    <section className="section" id="phones" aria-labelledby="mine-phones">
      <div className="section-head">
        <h2 id="mine-phones">{t('mine.phones')}</h2>
        <span className="quiet">{t('mine.phonesHint')}</span>
      </div>
      <form className="sheet sheet-stack" onSubmit={save} onChange={() => setSaved(false)}>
        <Field label={t('mine.family')}>
          {(control) => (
            <input
              {...control}
              className="input num"
              type="tel"
              maxLength={20}
              value={family}
              onChange={(event) => setFamily(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('mine.community')}>
          {(control) => (
            <input
              {...control}
              className="input num"
              type="tel"
              maxLength={20}
              value={community}
              onChange={(event) => setCommunity(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="btn wide">
          {t('mine.save')}
        </button>
        <p role="status" className="quiet">
          {saved ? t('mine.saved') : ''}
        </p>
      </form>
    </section>
  )
}

const dialable = (text: string): string => text.replace(/[^\d+-]/g, '')

function ForgetAll() {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [done, setDone] = useState(false)
  const forget = (): void => {
    matters.change(() => [])
    homeArea.change(() => null)
    phones.change(() => ({ community: '', family: '' }))
    draftStore.clear()
    forgetLists(import.meta.env.BASE_URL)
    setAsking(false)
    setDone(true)
  }
  return (
    <>
      <button type="button" className="btn text" onClick={() => setAsking(true)}>
        {t('mine.forgetAll')}
      </button>
      {done ? <p role="status">{t('mine.forgotAll')}</p> : null}
      <Dialog title={t('mine.forgetAll')} open={asking} onClose={() => setAsking(false)}>
        <p>{t('mine.forgetAllAsk')}</p>
        <div className="btn-row">
          <button type="button" className="btn" onClick={() => setAsking(false)}>
            {t('app.cancel')}
          </button>
          <button type="button" className="btn primary" onClick={forget}>
            {t('mine.forgetAllYes')}
          </button>
        </div>
      </Dialog>
    </>
  )
}

import { switchLanguage, useLanguage } from '@linli/ui/text'
import { Chips, setDisplay, textSizes, useDisplay } from '@linli/ui/touch'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { useRoleName } from '../session/role-name.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { useActAs, useSignOut } from '../session/use-me.ts'

/** Who is signed in, how the page looks, and the way out. */
export function MePage() {
  const { t } = useTranslation()
  const { name, account, actingPost, posts } = useOwnMe()
  const language = useLanguage()
  const { text } = useDisplay()
  const roleName = useRoleName()
  const actAs = useActAs()
  const signOut = useSignOut()
  const error = actAs.error ?? signOut.error
  return (
    <Page title={t('tab.me')} tabs>
      <section className="sheet" lang="zh-CN">
        <h2>{name}</h2>
        <p className="second">{actingPost ? `${roleName(actingPost)} · ${actingPost.areaName}` : ''}</p>
        <p className="quiet">
          {account} {actingPost?.orgName}
        </p>
      </section>
      {posts.length > 1 ? (
        <section className="section">
          <h2>{t('me.posts')}</h2>
          <div className="sheet" lang="zh-CN">
            <Chips
              label={t('me.posts')}
              choices={posts.map((post) => ({ key: post.postId, name: `${roleName(post)} ${post.areaName}` }))}
              value={actingPost?.postId}
              onChange={(postId) => actAs.mutate(postId)}
            />
          </div>
        </section>
      ) : null}
      <section className="section">
        <h2>{t('me.display')}</h2>
        <div className="sheet sheet-stack">
          <Chips
            label={t('me.text')}
            choices={textSizes.map((key) => ({ key, name: t(`me.size.${key}`) }))}
            value={text}
            onChange={(size) => setDisplay({ text: size })}
          />
          <Chips
            label={t('me.language')}
            choices={[
              { key: 'zh-CN', name: '中文' },
              { key: 'en', name: 'English' },
            ]}
            value={language}
            onChange={(chosen) => void switchLanguage(chosen)}
          />
        </div>
      </section>
      <section className="section">
        <a className="btn wide" href="/workbench/">
          {t('me.workbench')}
        </a>
        <button type="button" className="btn wide" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('me.signOut')}
        </button>
        <p className="quiet">{t('me.signOutHint')}</p>
        {error ? (
          <p className="field-error" role="alert">
            {problemWords(error, t)}
          </p>
        ) : null}
      </section>
    </Page>
  )
}

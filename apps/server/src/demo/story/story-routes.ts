import { endpoint, Instant, RequestId } from '@linli/base/contract'
import { BaseError, type ServeDeps, serve } from '@linli/base/server'
import { en as rungsEn } from '@linli/scene-elderly-care/locales/en'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { sendPage } from '../../portals.ts'
import { afterwards, endings, story } from './steps.ts'
import { storyPage } from './story-page.ts'
import type { StoryStage } from './story-stage.ts'

const said = { zh: z.string(), en: z.string() }
const Door = z.object({ href: z.string(), as: z.string().optional(), ...said })

const StoryView = z.object({
  state: z.enum(['idle', 'playing', 'ended']),
  startedAt: Instant.nullable(),
  steps: z.array(
    z.object({ key: z.string(), state: z.enum(['toCome', 'now', 'done']), at: Instant.nullable(), doors: z.array(Door), ...said }),
  ),
  /** Rungs of the ladder that were told meanwhile. */
  told: z.array(z.object({ at: Instant, ...said })),
  ending: z.object({ ...said, doors: z.array(Door) }).nullable(),
})
type StoryView = z.input<typeof StoryView>

const getStory = endpoint({
  method: 'GET',
  path: '/public/story',
  summary: '演示：故事演到哪一步（只有演示库有）',
  permission: 'public',
  rate: 600,
  result: StoryView,
})

const playStory = endpoint({
  method: 'POST',
  path: '/public/story',
  summary: '演示：播放故事，设备真的发、告警真的响；正在播放的接着放（只有演示库有）',
  permission: 'public',
  idempotent: true,
  rate: 20,
  body: z.object({
    requestId: RequestId,
    /** Seconds between two things that happen. */
    pace: z.number().min(0.2).max(60).default(4),
  }),
  result: StoryView,
  status: 201,
  replayStatus: 200,
})

interface StoryOptions {
  isDemo(): boolean
  /** Where the simulated phones are seen. */
  phones(): string | null
  stage: StoryStage
}

/** The story of a demo database: its page, where it stands, and its button. Elsewhere there is nothing of the kind. */
export function storyRoutes(app: FastifyInstance, deps: ServeDeps, { isDemo, phones, stage }: StoryOptions): void {
  const refuse = () => {
    if (!isDemo()) throw BaseError('not_found')
  }
  serve(app, deps, getStory, async () => {
    refuse()
    return viewOf(stage, phones())
  })
  serve(app, deps, playStory, async (_ctx, { body }) => {
    refuse()
    stage.start(body.pace)
    return viewOf(stage, phones())
  })
  app.get('/story', { schema: { hide: true } }, async (request, reply) => {
    refuse()
    const english = new URLSearchParams(request.url.split('?')[1]).get('lang') === 'en'
    return sendPage(reply, (nonce) => storyPage({ nonce, english }))
  })
}

function viewOf({ played, isPlaying }: StoryStage, phonesUrl: string | null): StoryView {
  const phonesDoor = phonesUrl ? [{ href: phonesUrl, zh: '模拟手机：短信和电话', en: 'Simulated phones: messages and calls' }] : []
  const at = (when: Date | undefined): string | null => when?.toISOString() ?? null
  return {
    state: isPlaying ? 'playing' : played ? 'ended' : 'idle',
    startedAt: at(played?.startedAt),
    steps: story.map(({ key, zh, en, doors = [] }) => ({
      key,
      zh,
      en,
      state: played?.done.has(key) ? 'done' : isPlaying && played?.begun.has(key) ? 'now' : 'toCome',
      at: at(played?.done.get(key) ?? played?.begun.get(key)),
      // Where the code of the son comes, and the calls to whoever is on duty.
      doors: [...doors, ...(doors.some(({ href }) => href === '/resident/') ? phonesDoor : [])],
    })),
    told:
      played?.told.map(({ at: when, rung }) => ({
        at: when.toISOString(),
        zh: rung,
        en: (rungsEn as Readonly<Record<string, string>>)[`rung.${rung}`] ?? rung,
      })) ?? [],
    ending: !isPlaying && played?.ending ? endingOf(played.ending) : null,
  }
}

function endingOf({ key, why }: { key: keyof typeof endings; why: string }): NonNullable<StoryView['ending']> {
  const { zh, en } = endings[key]
  return { zh: zh.replace('{{why}}', why), en: en.replace('{{why}}', why), doors: key === 'broken' ? [] : [...afterwards] }
}

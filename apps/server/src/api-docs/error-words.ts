import { refusalsEn as accessEn } from '@linli/access/words/en'
import { refusalsZh as accessZh } from '@linli/access/words/zh'
import { refusalsEn as baseEn } from '@linli/base/words/en'
import { refusalsZh as baseZh } from '@linli/base/words/zh'
import { refusalsEn as casesEn } from '@linli/cases/words/en'
import { refusalsZh as casesZh } from '@linli/cases/words/zh'
import { refusalsEn as exchangeEn } from '@linli/exchange/words/en'
import { refusalsZh as exchangeZh } from '@linli/exchange/words/zh'
import { refusalsEn as messagesEn } from '@linli/messages/words/en'
import { refusalsZh as messagesZh } from '@linli/messages/words/zh'
import { refusalsEn as registryEn } from '@linli/registry/words/en'
import { refusalsZh as registryZh } from '@linli/registry/words/zh'
import { refusalsEn as sceneEn } from '@linli/scene/words/en'
import { refusalsZh as sceneZh } from '@linli/scene/words/zh'
import { refusalsEn as signalsEn } from '@linli/signals/words/en'
import { refusalsZh as signalsZh } from '@linli/signals/words/zh'

/** Where a program has to do something else than the person at a page. */
const toCallers: Readonly<Record<string, { zh: string; en: string }>> = {
  'access.forbidden': {
    zh: '这个岗位没有接口要的权限；已记入审计。',
    en: 'The acting post lacks the permission; noted on the audit trail.',
  },
  'access.request_foreign': {
    zh: '带着浏览器会话、却不是从本平台页面发出的写请求。用 bearer 令牌。',
    en: 'A write with a browser session from a page of another origin. Use a bearer token.',
  },
  'access.unauthenticated': { zh: '没有令牌，或令牌已过期、已退出。', en: 'No token, or it has expired or was signed out.' },
  'base.busy': {
    zh: '正忙、正在启动，或数据库暂时不在。按 Retry-After 等一等，用同一个 requestId 再发，不会重复。',
    en: 'Busy, starting, or the database is away for a moment. Wait for Retry-After and send the same requestId again: nothing happens twice.',
  },
  'base.failed': { zh: '服务器出错，已经记录；报修时请说 traceId。', en: 'The server failed and noted it; quote the traceId.' },
  'base.media_unsupported': {
    zh: '请用 content-type: application/json（上传用 multipart/form-data）。',
    en: 'Send content-type: application/json (multipart/form-data for uploads).',
  },
  'base.rate_limited': {
    zh: '这个地址每分钟的次数用完了，按 Retry-After 等。',
    en: 'The address has used up its attempts of this minute; wait for Retry-After.',
  },
  'base.request_invalid': {
    zh: '参数或内容不合接口的要求；fields 里写着是哪一项。',
    en: 'A parameter or the body does not fit; fields names which.',
  },
  'base.request_reused': {
    zh: '同一个 requestId 已用于另一份内容。换一个新的。',
    en: 'The same requestId came with another body before. Use a new one.',
  },
  'base.request_too_large': { zh: '请求体超过 256 KiB（上传另算）。', en: 'The body exceeds 256 KiB (uploads have their own limit).' },
  'case.changed': {
    zh: '别人先办了一步；current 里是现在的样子。看过后用新的 expectedSeq 再发。',
    en: 'Somebody was first; current holds the state as it is. Look, then send again with the new expectedSeq.',
  },
  'case.data_invalid': {
    zh: '这一步的表单填得不对；fields 里写着是哪一项。',
    en: 'The form of this step is not right; fields names what.',
  },
  'case.not_found': { zh: '不在范围内，或没有这件事：两种情况回答一样。', en: 'Outside the scope, or never was: both answer the same.' },
}

const zh: Readonly<Record<string, string>> = {
  ...accessZh,
  ...baseZh,
  ...casesZh,
  ...exchangeZh,
  ...messagesZh,
  ...registryZh,
  ...sceneZh,
  ...signalsZh,
}
const en: Readonly<Record<string, string>> = {
  ...accessEn,
  ...baseEn,
  ...casesEn,
  ...exchangeEn,
  ...messagesEn,
  ...registryEn,
  ...sceneEn,
  ...signalsEn,
}

/** What a code means to whoever calls the API, and what to do; a test holds that none is missing. Problem answers point to these by `type`. */
export const errorWords: Readonly<Record<string, { zh: string; en: string }>> = Object.fromEntries(
  Object.keys(zh).map((code) => [code, toCallers[code] ?? { zh: zh[code] as string, en: en[code] as string }]),
)

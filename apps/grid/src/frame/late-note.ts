import { timeWords } from '@linli/ui/text'

/** What the log says about a step that was made without a network: the server knows only when it heard of it. The log is Chinese. */
export const lateNote = (at: number): string => `（${timeWords('zh-CN').hour(at)} 记下，当时没有网络）`

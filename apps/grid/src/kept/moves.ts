import type { EpisodeView } from '../api/queries.ts'

export type EpisodeMove = EpisodeView['moves'][number]

const moves: readonly EpisodeMove[] = ['acknowledge', 'depart', 'arrive', 'note', 'settle']

export const isEpisodeMove = (key: unknown): key is EpisodeMove => moves.includes(key as EpisodeMove)

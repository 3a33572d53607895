import { appeals } from '@linli/scene-appeals/pack'
import { communityAssistance } from '@linli/scene-community-assistance/pack'
import { elderlyCare } from '@linli/scene-elderly-care/pack'
import { gridEvents } from '@linli/scene-grid-events/pack'
import { publicSafety } from '@linli/scene-public-safety/pack'

/** The packs of this deployment. */
export const packs = [appeals, gridEvents, communityAssistance, elderlyCare, publicSafety]

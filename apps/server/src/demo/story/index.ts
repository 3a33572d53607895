export { playStory } from './play.ts'
export { afterwards, endings, type StoryLine, story } from './steps.ts'

import type { reachZh } from './reach-zh.ts'

/** The page about being told, in English; `reach-zh.ts` is the source. */
export const reachEn: typeof reachZh = {
  title: 'How to reach me',
  hint: 'SMS, calls, quiet hours',
  needsSignIn: 'Once signed in, you can choose what comes by SMS, what by call, and when not to be disturbed.',
  always: 'Red and orange alarms always reach you',
  alwaysText:
    'When somebody of your family calls for help, or nothing moves at home for long, you get an SMS and a call at any hour, whatever you choose below.',
  what: 'Yellow and blue notices',
  whatText: 'What is less urgent. Sent to {{phone}}.',
  sms: 'SMS',
  voice: 'Calls',
  smsWhen: { always: 'At any hour', awake: 'Not in quiet hours', never: 'No SMS' },
  voiceWhen: { always: 'At any hour', awake: 'Not in quiet hours', never: 'No calls' },
  quiet: 'Quiet hours',
  quietText: 'What comes in these hours waits until they are over; what is settled by then is not sent at all.',
  quietFrom: 'From',
  quietTo: 'To',
  nextDay: '{{time}} the next day',
  nowhere: 'Neither SMS nor calls: yellow and blue notices are seen on the home page only.',
  lang: 'Language of SMS and calls',
  save: 'Save',
  undo: 'Back to what it was',
  saved: 'Saved. It holds from now on.',
  undone: 'It is as it was before.',
  unsaved: 'Changed, but not saved yet.',
}

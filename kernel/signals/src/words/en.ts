/** The same in English; `zh.ts` is the source. */
export const refusalsEn = {
  'signals.case_unopened': 'It cannot become a matter here. Please write what was done and settle it.',
  'signals.call_closed': 'Calling for help by phone is not open here. Please dial 120 now, or telephone the community.',
  'signals.code_taken': 'This code is registered already.',
  'signals.data_invalid': 'Something is not filled in right.',
  'signals.device_refused': 'The device is not registered, or the secret is wrong.',
  'signals.device_retired': 'This device was taken out of the ledger.',
  'signals.device_unknown': 'There is no such device, or it is not in your area.',
  'signals.episode_settled': 'This alarm is settled. Please read how it ended.',
  'signals.episode_unknown': 'There is no such alarm, or it is not in your area.',
  'signals.ladder_closed': 'Only whoever was called to this alarm may see it.',
  'signals.message_quarantined': 'The message was put into quarantine.',
  'signals.message_unfit': 'It can still not be taken: the reason is the same.',
  'signals.quarantine_decided': 'This message was decided about already.',
  'signals.resident_unplaced':
    'The community has no address of yours and would not know where to go. Please dial 120 now, or telephone the community.',
  'signals.quarantine_unknown': 'There is no such message, or it is not in your area.',
  'signals.visit_required':
    'An alarm of this kind can only end this way with the result of a visit: go and see, and report it from the page of the alarm. A faulty device, a test or a duplicate can end without one.',
  'signals.rule_unknown': 'There is no such rule.',
}

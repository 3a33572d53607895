/** The same in English; `zh.ts` is the source. */
export const refusalsEn = {
  'registry.address_unknown': 'There is no such address, or it is not of this post.',
  'registry.alias_invalid': 'This other name does not say which place it means.',
  'registry.alias_unknown': 'There is no such other name, or it is said no more.',
  'registry.aliases_full': 'A place has at most 20 other names; take away those that are said no more.',
  'registry.attachment_unknown': 'A photo is not there any more; please upload it again.',
  'registry.building_unknown': 'There is no such building, or it is not of this post.',
  'registry.correction_asked': 'A correction of this value is waiting for another person to look.',
  'registry.correction_own': 'Whoever asked for a correction does not decide on it.',
  'registry.correction_settled': 'Somebody has just settled this one.',
  'registry.correction_unknown': 'There is no such value to look at.',
  'registry.data_invalid': 'Something filled in is not right.',
  'registry.dwelling_unknown': 'There is no such dwelling, or it is not of this post.',
  'registry.erasure_asked': 'Erasing this file was asked for already and waits for another person.',
  'registry.erasure_done': 'This file is erased.',
  'registry.erasure_held':
    'It cannot be erased yet: a matter or an alarm about this person is open, a device is still worn, or the file was merged with another.',
  'registry.erasure_own': 'Whoever asked for it to be erased does not decide.',
  'registry.erasure_settled': 'Somebody has just decided on this one.',
  'registry.erasure_unknown': 'There is no such request to erase a file.',
  'registry.field_owned': 'The police own this value; it cannot be changed here.',
  'registry.person_changed': 'Somebody has just changed this file. The new one is here; look at it and save again.',
  'registry.person_exists':
    'This ID number is recorded already: search for it first; if it is not found it is in another community, which records the moving out first; then record it here with the home.',
  'registry.person_unknown': 'There is no such person file, or it is not of this post.',
  'registry.reveal_exhausted': 'The limit of an hour is reached. Please try again later.',
}

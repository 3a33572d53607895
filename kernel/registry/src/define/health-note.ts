/**
 * What a person agrees to so that a note for first aid (急救提示: 高血压, 青霉素过敏) may be kept and shown: to whoever is called to a live alarm
 * of theirs, and to nobody else.
 */
export const healthNotePurpose = 'registry.health-note'

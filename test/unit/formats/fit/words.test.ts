import { expect, test } from 'vitest'
import { manufacturerWord, sportWord, subSportWord } from '../../../../electron/formats/fit/words.ts'

test.each([
  [sportWord, 0, 'generic'],
  [sportWord, 2, 'cycling'],
  [sportWord, 11, 'walking'],
  [sportWord, 18, 'multisport'],
  [sportWord, 37, 'stand_up_paddleboarding'],
  [sportWord, 48, 'floor_climbing'],
  [sportWord, 53, 'diving'],
  [sportWord, 84, 'jump_rope'],
  [sportWord, 250, 'sport 250'],
  [subSportWord, 6, 'indoor_cycling'],
  [subSportWord, 17, 'lap_swimming'],
  [subSportWord, 46, 'gravel_cycling'],
  [subSportWord, 58, 'virtual_activity'],
  [subSportWord, 67, 'ultra'],
  [subSportWord, 250, 'sub-sport 250'],
  [manufacturerWord, 1, 'garmin'],
  [manufacturerWord, 32, 'wahoo'],
  [manufacturerWord, 260, 'zwift'],
  [manufacturerWord, 331, 'mywhoosh'],
  [manufacturerWord, 9999, 'manufacturer 9999'],
])('%o(%i) is %s', (wordFor, number, word) => {
  expect(wordFor(number)).toBe(word)
})

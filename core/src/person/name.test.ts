import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldName, readName } from './name.ts'

const kept = (name: string) => {
  const reading = readName(name)
  return 'value' in reading ? reading.value : assert.fail(`“${name}”: ${reading.fault}`)
}

test('short names, apostrophes, hyphens and blanks are names, kept as they are typed', () => {
  for (const name of ['O', 'Y', "O'Shea", 'D’Arcy', 'Hawaiʻi', 'Anne-Marie', 'de la Cruz', '李', 'İpek', 'A😀']) {
    assert.equal(kept(name), name.normalize('NFC'))
  }
})

test('what scripts need is kept: joiners, variants of a letter, as many marks as a Burmese letter has', () => {
  for (const name of [
    ...['علی\u200cرضا', 'क्\u200dष', 'র\u200d্যাম', 'ශ්\u200dරී', '葛\u{e0100}城'],
    ...['လျှို့', 'བསྒྲུབས', 'Việt', 'ज़ोया', 'A👨‍👩‍👧‍👦', 'A❤️'],
  ]) {
    assert.equal(kept(name), name.normalize('NFC'))
  }
})

test('white space goes from the ends, and several blanks are one', () => {
  assert.equal(kept('\t Ana \u00a0\u3000Maria\n'), 'Ana Maria')
})

test('a name has a letter', () => {
  for (const name of ['🔥🔥123', '-', '42', 'ʼ']) assert.deepEqual(readName(name), { fault: 'noLetter' })
})

test('nothing is a name, or part of one, that nobody can see', () => {
  for (const unseen of [
    ...['\u0000', '\n', '\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u180e', '\u200b', '\u200c'],
    ...['\u200d', '\u200e', '\u202e', '\u2028', '\u2060', '\u2066', '\u2800', '\u3164', '\ufe0f', '\ufeff'],
    ...['\uffa0', '\ufffc', '\ue000', '\ud800', '\u{e0041}', '\u{e0100}', '\u{10ffff}', '\u0378'],
  ]) {
    assert.deepEqual(readName(`A${unseen}B`), { fault: 'unprintable' })
    if (unseen.trim() !== '') assert.deepEqual(readName(unseen), { fault: 'unprintable' })
  }
})

test('length is counted as a person counts characters, in every script', () => {
  assert.equal(kept('क्षि'.repeat(50)), 'क्षि'.repeat(50))
  assert.equal(kept('𓀀'.repeat(50)), '𓀀'.repeat(50))
  assert.equal(kept('e\u0301'.repeat(50)), 'é'.repeat(50))
  for (const name of ['a'.repeat(51), '𓀀'.repeat(51), 'a'.repeat(100_000)]) {
    assert.deepEqual(readName(name), { fault: 'tooLong' })
  }
})

test('a letter has no more marks than languages give it, and no mark stands alone', () => {
  for (const name of [`A${'\u0301'.repeat(8)}`, '\u0301A', 'A \u0301B']) {
    assert.deepEqual(readName(name), { fault: 'marks' })
  }
  assert.deepEqual(readName(`a${'\u0301\u0323'.repeat(50_000)}`), { fault: 'tooLong' })
})

test('forms of a name that a keyboard decides on are one', () => {
  for (const forms of [
    ['O’Hara', "O'Hara", 'O‘HARA', 'OʼHara', 'O`Hara', 'O´Hara', 'O＇Ｈａｒａ'],
    ['Anne-Marie', 'Anne‐Marie', 'Anne‑Marie', 'Anne–Marie', 'ANNE−MARIE'],
    ['de la Cruz', 'De\u00a0La\u2009Cruz', 'de  la Cruz'],
    ['Strauß', 'STRAUSS', 'strauẞ'],
    ['Λαός', 'ΛΑΌΣ', 'λαόσ'],
    ['İpek', 'ipek', 'IPEK', 'ıpek', 'I\u0307PEK'],
    ['Zoë', 'Zoe\u0308', 'ZOË'],
    ['علی\u200cرضا', 'علیرضا'],
    ['葛\u{e0100}城', '葛城'],
    ['ﾊﾅｺ', 'ハナコ'],
  ]) {
    assert.equal(new Set(forms.map(foldName)).size, 1, forms.join())
  }
  assert.notEqual(foldName('Işık'), foldName('Isik'))
  // Who searches has typed a part: a sigma at its end is not always the end of the name.
  assert.ok(foldName('Κώστας').includes(foldName('ΚΏΣ')))
})

/** Letters of several scripts, marks, signs of many forms, and what cannot be seen. */
const letters = fc.constantFrom(
  ..."aIıİißẞςσΣΛéÅạ李ﾊ한ى“’'`´‑–- \u00a0\u200b\u200c\u0301\u0307\u0323\u0345\u034f\u3164",
)
const text = fc.string({
  unit: fc.oneof(letters, fc.constantFrom(...'nmoe'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
})

test('a folded name folds to itself, and its normal forms fold to the same', () => {
  fc.assert(
    fc.property(text, (name) => {
      const folded = foldName(name)
      assert.equal(foldName(folded), folded)
      for (const form of ['NFC', 'NFD'] as const) assert.equal(foldName(name.normalize(form)), folded)
    }),
    { numRuns: 5_000 },
  )
})

test('a name that was read is read the same again, in any normal form, and folds like the text that was typed', () => {
  fc.assert(
    fc.property(text, (typed) => {
      const reading = readName(typed)
      if ('fault' in reading) return
      assert.deepEqual(readName(reading.value), reading)
      for (const form of ['NFC', 'NFD'] as const) assert.deepEqual(readName(typed.normalize(form)), reading)
      assert.equal(foldName(typed.trim()), foldName(reading.value))
    }),
    { numRuns: 5_000 },
  )
})

// What can be said of a face, in words, English or Chinese. A description has for each attribute of the catalog the number
// of an option, or null where nothing is said. What is typed is read clause by clause: an adjective belongs to the noun
// that follows it ("red hair", "红发"), or, where a clause begins with the noun, to the one before ("eyes: blue").

/** @typedef {import('./protocol.js').Attribute} Attribute */
/** @typedef {(number | null)[]} Description */
/** @typedef {{ attribute: number, option: number }} Sense */
/** The attributes, by their ids, that can be said of a thing. @typedef {string[]} Takes */
/** A filler has neither; a word that is not known is `strange`. @typedef {{ text: string, senses?: Sense[], noun?: Takes, strange?: boolean }} Word */
/** The same attribute said twice, differently: the first holds. @typedef {{ attribute: number, options: number[] }} Contradiction */
/** @typedef {{ description: Description, unknown: string[], contradictions: Contradiction[] }} Reading */

/** No description needs more characters. */
export const LONGEST = 300;

/** @type {[takes: Takes, words: string][]} */
const NOUNS = [
  [['hair', 'length'], 'hair hairs haired 头发 发'],
  [['eye'], 'eye eyes eyed 眼睛 眼'],
  [['open'], 'mouth mouthed 嘴 嘴巴'],
];
/** Of options, by attribute and English name: words that mean just the same. @type {Record<string, Record<string, string>>} */
const SYNONYMS = {
  hair: { blond: 'blonde golden 金黄', brown: '褐', pink: '粉红' },
  eye: { brown: '褐', violet: 'purple' },
  open: { closed: 'shut 抿 紧闭', open: '张开' },
  mouth: { sad: 'unhappy 伤心 悲伤', smiling: 'smile smiles happy 笑 开心 高兴' },
};
const FILLERS = 'a an the and with of has have having is are her his their s face person color colour colored coloured 的 色 颜色 是 着 有 和 与 长着 一张 一个 脸 人';

const CLAUSE_END = /[,、;。.!?\n]/;
const HAN = /\p{Script=Han}/u;
const PIECES = /[,、;。.!?\n]|\p{Script=Han}+|[^\s\p{P}\p{Script=Han}]+/gu;

/** @param {string} text @param {Attribute[]} attributes @returns {Reading} */
export function parse(text, attributes) {
  const clauses = clausesOf(text, lexiconOf(attributes));
  const said = new Said(attributes);
  const loose = clauses.flatMap((clause, at) => settle(clause, said).map((word) => ({ word, at })));
  const nouns = clauses.flatMap((clause, at) => clause.filter(({ noun }) => noun).map((noun) => ({ noun, at })));
  for (const { word, at } of loose) {
    // Of a noun elsewhere of which it is not said yet; else of hair, which comes first.
    const turns = [...nouns.filter((noun) => noun.at > at), ...nouns.filter((noun) => noun.at < at)];
    const of = turns.find(({ noun }) => said.fits(word, noun, true));
    said.say(of ? said.sense(word, of.noun) : word.senses?.[0]);
  }
  return { description: said.description, unknown: [...said.unknown], contradictions: said.contradictions };
}

/** What has been understood so far, and what not. */
class Said {
  /** @type {Set<string>} */ unknown = new Set();
  /** @type {Contradiction[]} */ contradictions = [];

  /** @param {Attribute[]} attributes */
  constructor(attributes) {
    this.ids = attributes.map(({ id }) => id);
    this.description = /** @type {Description} */ (attributes.map(() => null));
  }

  /** What a word means when it is said of this. @param {Word} word @param {Word} of */
  sense({ senses }, { noun }) {
    return senses?.find(({ attribute }) => noun?.includes(this.ids[attribute]));
  }

  /** Can it be said of this, and has it not been yet? @param {Word} word @param {Word | undefined} of @param {boolean} free */
  fits(word, of, free) {
    const sense = of && this.sense(word, of);
    return Boolean(sense && !(free && this.description[sense.attribute] !== null));
  }

  /** @param {Sense | undefined} sense */
  say(sense) {
    if (!sense) return;
    const { attribute, option } = sense;
    const before = this.description[attribute] ?? option;
    this.description[attribute] = before;
    if (before === option) return;
    const known = this.contradictions.find((each) => each.attribute === attribute);
    if (!known) this.contradictions.push({ attribute, options: [before, option] });
    else if (!known.options.includes(option)) known.options.push(option);
  }
}

/** Takes in what a clause says; gives back the adjectives that have no noun in it. @param {Word[]} clause @param {Said} said @returns {Word[]} */
function settle(clause, said) {
  const last = clause.length - 1;
  // A strange word at the end is a thing (red hat): what is said of it is not said of hair.
  const isNoun = (/** @type {Word} */ word, /** @type {number} */ i) => Boolean(word.noun || (word.strange && i === last));
  const needsNoun = (/** @type {Word} */ { senses }) => senses?.some(({ attribute }) => NOUNS.some(([takes]) => takes.includes(said.ids[attribute])));
  const nounFirst = clause.findIndex(isNoun) < clause.findIndex(needsNoun);
  /** @type {(Word | undefined)[]} The first noun from each place on. */ const following = [];
  for (let i = last; i >= 0; i -= 1) following[i] = isNoun(clause[i], i) ? clause[i] : following[i + 1];
  /** @type {Word | undefined} */ let before;
  /** @type {Word[]} */ const loose = [];
  const named = new Set();
  clause.forEach((word, i) => {
    const after = following[i];
    if (isNoun(word, i)) before = word;
    else if (word.strange) said.unknown.add(word.text);
    if (!word.senses) return;
    if (!needsNoun(word)) return said.say(word.senses[0]);
    if (!before && !after) return loose.push(word);
    const turns = nounFirst ? [before, after] : [after ?? before];
    const of = turns.find((noun) => said.fits(word, noun, true)) ?? turns.find((noun) => said.fits(word, noun, false));
    if (of) return said.say(said.sense(word, of));
    const [refused] = turns.filter(Boolean);
    named.add(refused);
    if (refused) said.unknown.add(phrase(...(refused === after ? [word, refused] : [refused, word])));
  });
  if (clause[last]?.strange && !named.has(clause[last])) said.unknown.add(clause[last].text);
  return loose;
}

/** @param {Word[]} words */
const phrase = (...words) => words.map(({ text }) => text).join(words.some(({ text }) => HAN.test(text)) ? '' : ' ');

/** @param {Attribute[]} attributes @returns {Map<string, Omit<Word, 'text'>>} */
function lexiconOf(attributes) {
  /** @type {Map<string, Omit<Word, 'text'>>} */ const lexicon = new Map(FILLERS.split(' ').map((word) => [word, {}]));
  for (const [noun, words] of NOUNS) for (const word of words.split(' ')) lexicon.set(word, { noun });
  attributes.forEach(({ id, options }, attribute) =>
    options.forEach(({ en, zh }, option) => {
      for (const word of [en, zh, ...(SYNONYMS[id]?.[en]?.split(' ') ?? [])]) lexicon.set(word, { senses: [...(lexicon.get(word)?.senses ?? []), { attribute, option }] });
    }),
  );
  return lexicon;
}

/** @param {string} text @param {ReturnType<typeof lexiconOf>} lexicon @returns {Word[][]} */
function clausesOf(text, lexicon) {
  /** @type {Word[][]} */ const clauses = [[]];
  for (const [piece] of text.slice(0, LONGEST).normalize('NFKC').toLowerCase().matchAll(PIECES)) {
    if (CLAUSE_END.test(piece)) clauses.push([]);
    else for (const word of HAN.test(piece) ? divide(piece, lexicon) : [piece]) clauses[clauses.length - 1].push({ text: word, ...(lexicon.get(word) ?? { strange: true }) });
  }
  // Fillers hold nothing, not even the end of a clause.
  return clauses.map((clause) => clause.filter(({ senses, noun, strange }) => senses || noun || strange));
}

/** Chinese is written without gaps: the longest word known at each place, and what lies between. @param {string} run @param {ReturnType<typeof lexiconOf>} lexicon */
function divide(run, lexicon) {
  /** @type {string[]} */ const words = [];
  let strange = '';
  for (let at = 0; at < run.length; ) {
    const word = [3, 2, 1].map((n) => run.slice(at, at + n)).find((each) => lexicon.has(each));
    if (word && strange) words.push(strange);
    strange = word ? '' : strange + run[at];
    if (word) words.push(word);
    at += word?.length ?? 1;
  }
  return strange ? [...words, strange] : words;
}

/** How each language puts names of options together; what is missing is undefined. @type {Record<'en' | 'zh', { between: string, hair: (color?: string, length?: string) => string, eye: (color: string) => string, open: (how: string) => string }>} */
const GRAMMAR = {
  en: {
    between: ', ',
    hair: (color, length) => [length, color, 'hair'].filter(Boolean).join(' '),
    eye: (color) => `${color} eyes`,
    open: (how) => `${how} mouth`,
  },
  zh: {
    between: '，',
    hair: (color, length) => `${color ? `${color}色` : ''}${length ? `${length}发` : '头发'}`,
    eye: (color) => `${color}色眼睛`,
    open: (how) => `${how === '闭' ? '抿' : how}嘴`, // 闭嘴 tells somebody to be silent
  },
};

/** A description in words; nothing where nothing is said. @param {Description} description @param {Attribute[]} attributes @param {'en' | 'zh'} language */
export function compose(description, attributes, language) {
  const name = Object.fromEntries(attributes.map(({ id, options }, i) => [id, options[description[i] ?? -1]?.[language]]));
  const { between, hair, eye, open } = GRAMMAR[language];
  const parts = [(name.hair || name.length) && hair(name.hair, name.length), name.eye && eye(name.eye), name.open && open(name.open), name.mouth];
  return parts.filter(Boolean).join(between);
}

/** A number for each option of each attribute: 1 for what is said. @param {Description} description @param {Attribute[]} attributes */
export function code(description, attributes) {
  return attributes.flatMap(({ options }, i) => options.map((_, option) => Number(description[i] === option)));
}

/** The description that has this code. @param {ArrayLike<number>} values @param {Attribute[]} attributes @returns {Description} */
export function decode(values, attributes) {
  let from = 0;
  return attributes.map(({ options }) => {
    const said = Array.from({ length: options.length }, (_, i) => values[from + i]).indexOf(1);
    from += options.length;
    return said < 0 ? null : said;
  });
}

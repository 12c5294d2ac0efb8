/**
 * Returns a search over the errors of a catalog. It is the twin of the Go package
 * generator/search: the same rules, and for each query the same errors in the same
 * order with the same scores. All arithmetic is on integers.
 *
 * An entry has the strings code and name and the lists aliases, synonyms, formerNames,
 * identifiers and tags; textsOf returns the strings title, message, category, status
 * and text of an entry, by default its own. A reservation has the lists words and
 * ranges, of {first, last, integer}. Everything but the code may be missing.
 *
 * The search is ready at once. It indexes words when it first needs them, unless step
 * has done that before.
 */
const newSearch = (() => {
  "use strict";

  // ---- Texts ----

  const isASCII = (s) => !/[\u0080-\uffff]/.test(s);

  function inRanges(ranges, c) {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (c > ranges[middle][1]) low = middle + 1;
      else high = middle;
    }
    return low < ranges.length && c >= ranges[low][0];
  }

  /** Returns a text without accents, invisible characters and other forms of letters. */
  function plain(rules, s) {
    if (isASCII(s)) return s;
    let out = "";
    for (const c of s.normalize("NFKD")) {
      const code = c.codePointAt(0);
      if (code >= 0xd800 && code <= 0xdfff) out += "\ufffd";
      else if (code < 0x80 || !inRanges(rules.ignored, code)) out += c;
    }
    return out.normalize("NFC");
  }

  /** Returns a plain text in lowercase. */
  function lower(rules, s) {
    if (isASCII(s)) return s.toLowerCase();
    let out = "";
    for (const c of s.toLowerCase()) out += rules.letters.get(c) || c;
    return out;
  }

  const isDigit = (c) => c >= 48 && c <= 57;
  const isUpper = (c) => c >= 65 && c <= 90;
  const isLower = (c) => c >= 97 && c <= 122;
  const isAlphanumeric = (c) => isDigit(c) || isUpper(c) || isLower(c);
  const isDigits = (s) => /^[0-9]+$/.test(s);
  const isOrdinary = (s) => /^[a-z]+$/.test(s);

  /** Reports whether a character beyond ASCII is a letter. */
  const isLetter = (rules, c) => c >= 0x80 && !inRanges(rules.separators, c);

  const limitless = Number.MAX_SAFE_INTEGER;

  // How an atom is joined to the one before it.
  const [apart, hump, joint, space] = [0, 1, 2, 3];

  /**
   * Returns the atoms of a plain text, the smallest parts that may be words: user,
   * ID and 2 in userID_2. A character of a script without spaces is one by itself.
   */
  function atomsOf(rules, text, most) {
    const atoms = [];
    let end = 0;
    const add = (from, to, unspaced) => {
      const word = lower(rules, text.slice(from, to));
      const before = atoms[atoms.length - 1];
      const glue =
        !before || unspaced || before.unspaced
          ? apart
          : glueOf(text, end, from);
      atoms.push({ from, to, word, isASCII: isASCII(word), unspaced, glue });
      end = to;
    };
    for (let i = 0; i < text.length && atoms.length < most;) {
      const c = text.codePointAt(i);
      if (c >= 0x80 && inRanges(rules.unspaced, c)) {
        const size = c > 0xffff ? 2 : 1;
        add(i, i + size, true);
        i += size;
        continue;
      }
      let from = i;
      let before = 0;
      while (i < text.length) {
        const c = text.codePointAt(i);
        if (
          !isAlphanumeric(c) &&
          !(isLetter(rules, c) && !inRanges(rules.unspaced, c))
        )
          break;
        const next = text.charCodeAt(i + 1);
        if (
          isUpper(c) &&
          i > from &&
          (isLower(before) ||
            ((isUpper(before) || isDigit(before)) && isLower(next)))
        ) {
          add(from, i, false);
          from = i;
        }
        before = c;
        i += c > 0xffff ? 2 : 1;
      }
      if (i > from) add(from, i, false);
      else i += c > 0xffff ? 2 : 1;
    }
    return atoms;
  }

  function glueOf(text, end, from) {
    if (end === from) return hump;
    if (from - end > 3) return apart;
    let spaces = 0;
    for (let i = end; i < from; i++) {
      const c = text[i];
      if (c === " ") spaces++;
      else if (!"_.:/-".includes(c)) return apart;
    }
    if (spaces === 0) return joint;
    return spaces === 1 && from - end === 1 ? space : apart;
  }

  /**
   * Returns the words of atoms; of scripts without spaces, all pairs of characters.
   * Letters that are joined, as in I/O, are one word.
   */
  function wordsOf(atoms) {
    const isLetter = ({ word }) => /^[a-z]$/.test(word);
    const words = [];
    atoms.forEach((atom, i) => {
      const next = atoms[i + 1];
      const before = atoms[i - 1];
      if (isLetter(atom) && atom.glue === joint && isLetter(before))
        return (words[words.length - 1] += atom.word);
      if (!atom.unspaced) return words.push(atom.word);
      if (next && next.unspaced && next.from === atom.to)
        words.push(atom.word + next.word);
      else if (!(before && before.unspaced && before.to === atom.from))
        words.push(atom.word);
    });
    return words;
  }

  const initialsOf = (words) => words.map((word) => word[0]).join("");

  /** Reports whether a text has nothing but words with spaces or punctuation in between. */
  const isSimple = (text) =>
    !/[a-z][A-Z]|[A-Z0-9][A-Z][a-z]|(?:^|[^A-Za-z0-9])[A-Za-z][_.:/-]/.test(
      text,
    );

  /** Returns the words of a text. */
  function wordsIn(rules, text) {
    if (isASCII(text) && isSimple(text))
      return text.toLowerCase().match(/[a-z0-9]+/g) || [];
    return wordsOf(atomsOf(rules, plain(rules, text), limitless));
  }

  const isBasic = (word) => !/[\ud800-\udfff]/.test(word);

  /** Returns the number of characters of a word. */
  const sizeOf = (word) =>
    isBasic(word) ? word.length : Array.from(word).length;

  /** Returns a word without the endings that its forms differ in. */
  function stem(rules, word) {
    if (/[^a-z]/.test(word)) return word;
    for (const endings of rules.suffixes) {
      for (const [ending, replacement] of endings) {
        if (!word.endsWith(ending)) continue;
        const rest = word.slice(0, word.length - ending.length) + replacement;
        if (rest.length > 1) word = rest;
        break;
      }
    }
    const n = word.length;
    return n > 3 && word[n - 1] === word[n - 2] ? word.slice(0, -1) : word;
  }

  /**
   * Returns what the spellings of a key have in common: its letters and digits, and a
   * dot between two numbers.
   */
  function squash(rules, key) {
    const text = lower(rules, plain(rules, key));
    let out = "";
    let isNext = false;
    for (const c of text) {
      const code = c.codePointAt(0);
      if (!isAlphanumeric(code) && !isLetter(rules, code)) {
        isNext = true;
        continue;
      }
      out = isNext ? joined(out, c) : out + c;
      isNext = false;
    }
    return key.startsWith("-") && isDigits(out) ? "-" + out : out;
  }

  function joined(before, word) {
    const isNumber =
      before !== "" &&
      isDigit(before.charCodeAt(before.length - 1)) &&
      isDigit(word.charCodeAt(0));
    return before + (isNumber ? "." : "") + word;
  }

  /** Returns a text without the sequences that control terminals: of colors also if they lost their escape character. */
  function uncolored(text) {
    let out = "";
    let done = 0;
    for (let i = text.indexOf("["); i >= 0; i = text.indexOf("[", i + 1)) {
      const isEscaped = text[i - 1] === "\u001b";
      let end = i + 1;
      while (
        isDigit(text.charCodeAt(end)) ||
        text[end] === ";" ||
        text[end] === "?"
      )
        end++;
      const c = text.charCodeAt(end);
      if (
        isEscaped
          ? !isUpper(c) && !isLower(c)
          : text[end] !== "m" || end === i + 1
      )
        continue;
      out += text.slice(done, isEscaped ? i - 1 : i) + " ";
      done = end + 1;
    }
    return out + text.slice(done);
  }

  /**
   * Returns a query as it was before it went through a terminal, a JSON string or a
   * URL, cut to the maximum length.
   */
  function clean(rules, query) {
    let text = query;
    if (text.length > rules.limits.query) {
      let n = 0;
      let end = 0;
      for (const c of text) {
        if (n++ === rules.limits.query) break;
        end += c.length;
      }
      text = text.slice(0, end);
    }
    return decoded(uncolored(plain(rules, text)).replace(/\\[nrt]/g, " "));
  }

  /** Returns a text without the escapes of URLs, and of the anchors of pages: %3A and ~3A. */
  function decoded(text) {
    let out = "";
    let done = 0;
    for (let i = 0; i + 2 < text.length; i++) {
      const isEscape =
        text[i] === "%" ||
        (text[i] === "~" && i > 0 && isAlphanumeric(text.charCodeAt(i - 1)));
      const hex = text.slice(i + 1, i + 3);
      if (!isEscape || !/^[2-6][0-9A-Fa-f]$/.test(hex)) continue;
      out += text.slice(done, i) + String.fromCharCode(parseInt(hex, 16));
      done = i + 3;
      i += 2;
    }
    return out + text.slice(done);
  }

  // ---- Codes, names and identifiers in a text ----

  /** Reports whether text[from..to] is a part of a longer number, a date or a time. */
  function isInNumber(text, from, to) {
    const at = (i) => text.charCodeAt(i);
    const isJoint = (i) =>
      i >= 0 && i < text.length && ".,:-".includes(text[i]);
    if (text[from] !== "-" && isJoint(from - 1) && isDigit(at(from - 2)))
      return true;
    return isJoint(to) && isDigit(at(to + 1));
  }

  /** Reports whether text[at] is the sign of a number, and no hyphen. */
  function isSign(rules, text, at) {
    if (text[at] !== "-" || !isDigit(text.charCodeAt(at + 1))) return false;
    if (at === 0) return true;
    let before = text.charCodeAt(at - 1);
    if (before >= 0xdc00 && before <= 0xdfff && at > 1)
      before = text.codePointAt(at - 2);
    return (
      before !== 45 &&
      before !== 95 &&
      !isAlphanumeric(before) &&
      !isLetter(rules, before)
    );
  }

  /**
   * Says whether a code is expected at text[from..to]: "code" if the text
   * says so, "error" if it may be a word of a sentence as well, else "".
   */
  function labelOf(rules, text, from, to) {
    const before = text[from - 1];
    if (before === "#") return "code";
    // In program[2001] it is a process.
    const isApart = !isAlphanumeric(text.charCodeAt(from - 2));
    if (
      isApart &&
      ((before === "[" && text[to] === "]") ||
        (before === "(" && text[to] === ")"))
    )
      return "code";
    let end = from;
    let isAssigned = false;
    while (
      end > 0 &&
      from - end < 8 &&
      " \t\"'`=:([{\\-_/".includes(text[end - 1])
    ) {
      end--;
      if (text[end] === "=" || text[end] === ":") isAssigned = true;
    }
    let start = end;
    while (
      start > 0 &&
      end - start < 16 &&
      (isLower(text.charCodeAt(start - 1)) ||
        isUpper(text.charCodeAt(start - 1)))
    )
      start--;
    const word = text.slice(start, end).toLowerCase();
    if (
      end < from &&
      rules.labels.some(
        (label) => word === label || (label.length > 3 && word.endsWith(label)),
      )
    ) {
      return isAssigned && word.includes("code") ? "code" : "error";
    }
    const startsText = from === 0 || " \t\n\"'`([=".includes(before);
    return startsText &&
      text[to] === ":" &&
      text[to + 1] === " " &&
      !rules.notCodesAfter.has(word)
      ? "error"
      : "";
  }

  /** Reports whether text[from] is the value of a name, as in took=10 or "left": 10. */
  function isValue(text, from) {
    let i = from - 1;
    while (i >= 0 && from - i < 4 && " \"'".includes(text[i])) i--;
    return (
      text[i] === "=" ||
      (text[i] === ":" && (text[i - 1] === '"' || text[i - 1] === "'"))
    );
  }

  /** Reports whether atoms[i..j] are within a longer identifier. */
  function isWithin(rules, text, atoms, i, j) {
    const isGlued = (k) =>
      atoms[k].glue === hump ||
      (atoms[k].glue === joint && text[atoms[k].from - 1] === "_");
    const before = i > 0 && isGlued(i) && !rules.affixes.has(atoms[i - 1].word);
    return (
      before ||
      (j + 1 < atoms.length &&
        isGlued(j + 1) &&
        !rules.affixes.has(atoms[j + 1].word))
    );
  }

  /** Reports whether atoms[i] is an identifier but for what code generators add, as in NewClosed. */
  function isAffixed(rules, atoms, i) {
    if (rules.affixes.has(atoms[i].word)) return false;
    const isAffix = (k, joint) =>
      k >= 0 &&
      k < atoms.length &&
      atoms[joint].glue === hump &&
      rules.affixes.has(atoms[k].word);
    return isAffix(i - 1, i) || isAffix(i + 1, i + 1);
  }

  /** Returns the weight of a key at atoms[i..j], text[from..to]; 0 if it is none there. */
  function weightOf(rules, text, atoms, i, j, from, to, squashed, isExact) {
    const weights = rules.keys;
    if (i === 0 && j === atoms.length - 1) return weights.whole;
    const isNumber = /^[-0-9.]+$/.test(squashed);
    if (isNumber && isInNumber(text, from, to)) return 0;
    const label = labelOf(rules, text, from, to);
    const within = isWithin(rules, text, atoms, i, j);
    if (i === j && isOrdinary(squashed)) {
      // It may be an ordinary word.
      const isCapital =
        isExact && to - from > 1 && !/[a-z]/.test(text.slice(from, to));
      if (label === "code" || (label === "error" && isCapital))
        return weights.label;
      if (isCapital) return within ? weights.within : weights.free;
      if (isAffixed(rules, atoms, i) && !within) return weights.within;
      return isExact && !within ? weights.word : 0;
    }
    if (label !== "" && !within) return weights.label;
    if (isNumber) {
      const before = i > 0 ? atoms[i - 1].word : "";
      const after =
        j + 1 < atoms.length && atoms[j + 1].glue !== apart
          ? atoms[j + 1].word
          : "";
      const isAmount =
        rules.notCodesAfter.has(before) ||
        rules.notCodesBefore.has(after) ||
        isValue(text, from);
      return isAmount || within || isInHash(text, atoms, i, j)
        ? weights.value
        : weights.number;
    }
    for (let k = i + 1; k <= j; k++)
      if (atoms[k].glue === space) return weights.phrase;
    return within ? weights.within : weights.free;
  }

  /** Reports whether atoms[i..j] are a number between other digits, as in a UUID. */
  function isInHash(text, atoms, i, j) {
    const isDashed = (k) =>
      atoms[k].glue === joint && text[atoms[k].from - 1] === "-";
    const before = i > 0 && isDashed(i) && /[0-9]/.test(atoms[i - 1].word);
    return (
      before ||
      (j + 1 < atoms.length &&
        isDashed(j + 1) &&
        /[0-9]/.test(atoms[j + 1].word))
    );
  }

  /** Reports whether a range of codes has a code. Both are in lowercase. */
  function contains({ first, last, integer }, code) {
    if (integer) {
      if (!/^(?:0|-?[1-9][0-9]{0,15})$/.test(code)) return false;
      return Number(first) <= Number(code) && Number(code) <= Number(last);
    }
    const numberOf = (s) => /[0-9]*$/.exec(s)[0];
    const [low, high, number] = [first, last, code].map(numberOf);
    const prefix = first.slice(0, first.length - low.length);
    if (number === "" || code.slice(0, code.length - number.length) !== prefix)
      return false;
    if (
      number.length < low.length ||
      (number.length > low.length && number[0] === "0")
    )
      return false;
    const width = Math.max(low.length, high.length, number.length);
    const padded = number.padStart(width, "0");
    return (
      low.padStart(width, "0") <= padded && padded <= high.padStart(width, "0")
    );
  }

  // ---- Words ----

  /** Returns how much a word says that is in some of all entries: 16 times the logarithm of their ratio. */
  function rarity(all, some) {
    let power = 1;
    let n = 0;
    while (some * power * 2 <= all) {
      power *= 2;
      n++;
    }
    return 16 * n + Math.floor((16 * all) / (some * power)) - 8;
  }

  function letterMask(word) {
    let mask = 0;
    for (let i = 0; i < word.length; i++)
      mask |= 1 << (word.charCodeAt(i) % 32);
    return mask;
  }

  function bits(n) {
    let count = 0;
    for (; n !== 0; n &= n - 1) count++;
    return count;
  }

  /**
   * Returns how many letters have to be inserted, deleted, replaced or swapped to make
   * one word of another; more than most if it is more.
   */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let older = [];
    let old = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const isSame = a[i - 1] === b[j - 1];
        let d = Math.min(
          old[j] + 1,
          row[j - 1] + 1,
          old[j - 1] + (isSame ? 0 : 1),
        );
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          d = Math.min(d, older[j - 2] + 1);
        row.push(d);
        least = Math.min(least, d);
      }
      if (least > most) return most + 1;
      older = old;
      old = row;
    }
    return old[b.length];
  }

  // ---- The search ----

  function prepared(rules) {
    return {
      ...rules,
      letters: new Map(Object.entries(rules.letters)),
      affixes: new Set(rules.affixes),
      notCodesAfter: new Set(rules.notCodesAfter),
      notCodesBefore: new Set(rules.notCodesBefore),
      stopWords: new Set(rules.stopWords),
    };
  }

  function newSearch(
    data,
    entries,
    reservations = [],
    textsOf = (entry) => entry,
  ) {
    const rules = prepared(data);
    const { limits, places, qualities } = rules;

    // ---- The index ----

    // The keys, by what their spellings have in common.
    const keys = new Map();
    const allKeys = [];
    let longestKey = 1;
    // The words: for each its entries, with the weight of its best place in each.
    const terms = new Map();
    const postings = [];
    const stems = new Map();
    // The messages by their longest word.
    const messages = new Map();
    // For each entry, the initials of the words of its title and its message.
    const initials = [];
    let signed = null;
    let indexed = 0;

    /** Indexes the next n entries, and reports whether there are more. */
    function step(n) {
      if (!signed) {
        signed = signedCatalogs();
        reservations.forEach(addReserved);
      }
      for (
        const end = Math.min(entries.length, indexed + n);
        indexed < end;
        indexed++
      ) {
        addKeys(indexed);
        addWords(indexed);
      }
      return indexed < entries.length;
    }

    /** Returns the catalogs in which the sign of a number counts. */
    function signedCatalogs() {
      const isNegative = (code) => code.startsWith("-");
      const found = new Set();
      for (const e of entries)
        if (isNegative(e.code) || (e.aliases || []).some(isNegative))
          found.add(e.catalog);
      for (const r of reservations) {
        const codes = [
          ...(r.words || []),
          ...(r.ranges || []).map(({ first }) => first),
        ];
        if (codes.some(isNegative)) found.add(r.catalog);
      }
      return found;
    }

    function addKey(index, row, kind, text, catalog) {
      const squashed = squash(rules, text);
      if (squashed === "" || !isASCII(squashed)) return;
      const key = {
        index,
        row,
        kind,
        text,
        squashed,
        isSigned: signed.has(catalog),
        isUnsigned: false,
      };
      allKeys.push(key);
      addTo(keys, squashed, key);
      if (squashed[0] === "-")
        addTo(keys, squashed.slice(1), { ...key, isUnsigned: true });
      longestKey = Math.max(longestKey, squashed.length);
    }

    function addReserved({ words, catalog }, row) {
      for (const word of words || [])
        addKey(-1, row, "reserved", word, catalog);
    }

    function addKeys(i) {
      const e = entries[i];
      addKey(i, -1, "code", e.code, e.catalog);
      for (const alias of e.aliases || [])
        addKey(i, -1, "alias", alias, e.catalog);
      if (e.name && e.name !== e.code) addKey(i, -1, "name", e.name, e.catalog);
      for (const name of e.synonyms || [])
        addKey(i, -1, "synonym", name, e.catalog);
      for (const name of e.formerNames || [])
        addKey(i, -1, "formerName", name, e.catalog);
      for (const name of e.identifiers || [])
        addKey(i, -1, "identifier", name, e.catalog);
    }

    function addWords(i) {
      const e = entries[i];
      addText(i, e.code, places.code, true);
      for (const alias of e.aliases || []) addText(i, alias, places.code, true);
      addText(i, e.name, places.name, true);
      for (const name of e.synonyms || [])
        addText(i, name, places.synonym, true);
      for (const name of e.formerNames || [])
        addText(i, name, places.formerName, true);
      for (const name of e.identifiers || [])
        addText(i, name, places.identifier, true);
      const texts = textsOf(e);
      const title = addText(i, texts.title, places.title, true);
      const inTitle =
        places.title + Math.floor(places.brief / Math.max(1, title.length));
      for (const word of title) post(word, i, inTitle);
      addCompounds(i, texts.title, inTitle);
      const message = addText(i, texts.message, places.message, false);
      addCompounds(i, texts.message, places.message);
      initials.push([title, message].map(initialsOf));
      for (const tag of e.tags || []) addText(i, tag, places.tag, false);
      addText(i, texts.category, places.category, false);
      addText(i, texts.status, places.status, false);
      addText(i, texts.text, places.text, false);
      addMessage(i, texts.title);
      if (texts.message !== texts.title) addMessage(i, texts.message);
    }

    /** Adds the words of a text, and with hasPairs two that follow each other as one. */
    function addText(i, text, place, hasPairs) {
      const words = wordsIn(rules, text || "");
      for (const word of words) post(word, i, place);
      if (hasPairs)
        for (let k = 0; k + 1 < words.length; k++)
          post(words[k] + words[k + 1], i, place);
      return words;
    }

    /** Adds the initials of compounds in a text, such as io for input/output. */
    function addCompounds(i, text, place) {
      const compounds = /[a-z0-9]+(?:[/-][a-z0-9]+)+/gi;
      for (const compound of (text || "").match(compounds) || []) {
        const initials = initialsOf(compound.toLowerCase().split(/[/-]/));
        if (isOrdinary(initials)) post(initials, i, place);
      }
    }

    function post(word, i, weight) {
      let term = terms.get(word);
      if (!term) {
        const size = sizeOf(word);
        if (size > limits.vocabularyWord) return;
        term = {
          word,
          size,
          isBasic: isBasic(word),
          mask: letterMask(word),
          entries: [],
          weights: [],
        };
        terms.set(word, term);
        postings.push(term);
        addTo(stems, stem(rules, word), term);
      }
      const last = term.entries.length - 1;
      if (last >= 0 && term.entries[last] === i) {
        term.weights[last] = Math.max(term.weights[last], weight);
        return;
      }
      term.entries.push(i);
      term.weights.push(weight);
    }

    /** Keeps the words of a text between its params, if they are enough to recognize it by. */
    function addMessage(i, text) {
      const pieces = (text || "")
        .split(/\{\w+\}/)
        .map((piece) => wordsIn(rules, piece));
      const words = [].concat(...pieces);
      const length = words.reduce((n, word) => n + sizeOf(word), 0);
      if (words.length < 2 || length < limits.shortMessage) return;
      const anchor = words.reduce((longest, word) =>
        sizeOf(word) > sizeOf(longest) ? word : longest,
      );
      addTo(messages, anchor, {
        index: i,
        pieces: pieces.filter((piece) => piece.length > 0),
        length,
      });
    }

    // ---- Queries ----

    /** A list of numbers by entry, of which most are 0. */
    function newNumbers() {
      const values = new Int32Array(entries.length);
      const touched = [];
      return {
        touched,
        of: (i) => values[i],
        set(i, value) {
          if (values[i] === 0 && value !== 0) touched.push(i);
          values[i] = value;
        },
        raise(i, value) {
          if (value > values[i]) this.set(i, value);
        },
        clear() {
          for (const i of touched) values[i] = 0;
          touched.length = 0;
        },
      };
    }

    /** What a query has found so far: of an entry its keys, the beginnings of keys, its message and its words. */
    function newScores() {
      const [key, prefix, message, words] = [
        newNumbers(),
        newNumbers(),
        newNumbers(),
        newNumbers(),
      ];
      // It is prose if it has the words of a key and may be about others as well.
      return {
        key,
        prefix,
        message,
        words,
        similar: new Set(),
        reserved: new Map(),
        isProse: false,
      };
    }

    /** Finds keys in a text, from left to right the longest ones. */
    function findKeys(text, atoms, scores) {
      for (let i = 0; i < atoms.length;) {
        const found = keyAt(text, atoms, i);
        if (found && scoreKeys(text, atoms, i, found, scores)) {
          i = found.j + 1;
          continue;
        }
        findRange(text, atoms, i, scores);
        i++;
      }
    }

    /** Returns the longest key that begins at an atom. */
    function keyAt(text, atoms, i) {
      const { from, word } = atoms[i];
      const hasSign =
        isDigits(word) && from > 0 && isSign(rules, text, from - 1);
      let found = null;
      let squashed = "";
      let hasSpace = false;
      let hasJoint = false;
      for (
        let j = i;
        j < atoms.length && j - i < limits.window && atoms[j].isASCII;
        j++
      ) {
        if (j > i) {
          const { glue } = atoms[j];
          hasSpace = hasSpace || glue === space;
          hasJoint = hasJoint || glue === joint;
          if (glue === apart || (hasSpace && hasJoint)) break;
        }
        squashed = joined(squashed, atoms[j].word);
        if (squashed.length > longestKey) break;
        if (hasSign && isDigits(squashed) && keys.has("-" + squashed))
          found = { j, from: from - 1, squashed: "-" + squashed, hasSign };
        else if (keys.has(squashed)) found = { j, from, squashed, hasSign };
      }
      if (found || !atoms[i].isASCII) return found;
      for (const affix of rules.affixes) {
        const start = word.slice(affix.length);
        if (
          word.startsWith(affix) &&
          (start.length > 2 || isDigits(start)) &&
          keys.has(start)
        )
          return {
            j: i,
            from: from + affix.length,
            squashed: start,
            hasSign: false,
          };
        const end = word.slice(0, word.length - affix.length);
        if (word.endsWith(affix) && end.length > 2 && keys.has(end))
          return { j: i, from, squashed: end, hasSign: false };
      }
      return null;
    }

    /** Adds the scores of the keys that were found, the best spelled ones; reports whether there are any. */
    function scoreKeys(text, atoms, i, { j, from, squashed, hasSign }, scores) {
      const to = atoms[j].to;
      const spelled = text.slice(from, to);
      const isWhole = i === 0 && j === atoms.length - 1;
      const all = keys.get(squashed).filter((key) => {
        if (key.isUnsigned)
          return (
            isWhole &&
            !hasSign &&
            !keys.get(squashed).some((other) => !other.isUnsigned)
          );
        return squashed[0] === "-" || !hasSign || !key.isSigned;
      });
      const found = [];
      for (const key of all) {
        // A key may end with what is no letter.
        const isExact =
          key.text.length >= spelled.length && text.startsWith(key.text, from);
        const weight = weightOf(
          rules,
          text,
          atoms,
          i,
          j,
          from,
          to,
          squashed,
          isExact,
        );
        if (weight === 0) continue;
        let score = weight + rules.kinds[key.kind];
        if (isExact) score += rules.keys.exact;
        else if (spelled.toLowerCase() === key.text.toLowerCase())
          score += rules.keys.anyCase;
        found.push({ key, score });
      }
      const best = found.reduce((most, { score }) => Math.max(most, score), 0);
      for (const { key, score } of found) {
        if (score < best) continue;
        if (isWhole && isOrdinary(squashed) && spelled !== key.text)
          scores.isProse = true;
        if (key.row < 0) scores.key.raise(key.index, score);
        else raiseReserved(scores, key.row, key.text, score);
      }
      return found.length > 0;
    }

    function raiseReserved(scores, row, word, score) {
      const known = scores.reserved.get(row);
      if (!known || known.score < score)
        scores.reserved.set(row, { row, word, score });
    }

    /** Finds a reserved range with the code that begins at an atom, where one is expected. */
    function findRange(text, atoms, i, scores) {
      if (i > 0 && (atoms[i].glue === hump || atoms[i].glue === joint)) {
        if (!isSign(rules, text, atoms[i].from - 1)) return;
      }
      let j = i;
      while (
        j + 1 < atoms.length &&
        (atoms[j + 1].glue === hump || atoms[j + 1].glue === joint)
      )
        j++;
      const { from } = atoms[i];
      const { to } = atoms[j];
      const isWhole = i === 0 && j === atoms.length - 1;
      const start = from > 0 && isSign(rules, text, from - 1) ? from - 1 : from;
      if (
        !isWhole &&
        (labelOf(rules, text, start, to) === "" || isInNumber(text, start, to))
      )
        return;
      reservations.forEach((r, row) => {
        for (const range of r.ranges || []) {
          const spelled = text.slice(range.integer ? start : from, to);
          const lowered = {
            first: range.first.toLowerCase(),
            last: range.last.toLowerCase(),
            integer: range.integer,
          };
          if (contains(lowered, spelled.toLowerCase())) {
            raiseReserved(
              scores,
              row,
              spelled,
              isWhole ? rules.keys.whole : rules.keys.label,
            );
          }
        }
      });
    }

    /** Finds keys that begin with the whole query. */
    function findPrefixes(text, atoms, scores) {
      if (atoms.length === 0 || atoms.length > limits.window) return;
      let squashed = "";
      for (const { word, glue } of atoms) {
        if (squashed !== "" && (glue === apart || glue === space)) return;
        squashed = joined(squashed, word);
      }
      if (
        isDigits(squashed) &&
        atoms[0].from > 0 &&
        isSign(rules, text, atoms[0].from - 1)
      )
        squashed = "-" + squashed;
      for (const key of allKeys) {
        const isLonger =
          key.squashed.length > squashed.length &&
          key.squashed.startsWith(squashed);
        if (!isLonger || key.row >= 0) continue;
        const rest = Math.min(30, key.squashed.length - squashed.length);
        scores.prefix.raise(
          key.index,
          (isCode(key) ? rules.keys.prefix : rules.keys.namePrefix) -
            rest +
            rules.kinds[key.kind],
        );
      }
    }

    /** Finds codes that differ in one character from one that the text has. */
    function findSimilarCodes(text, atoms, scores) {
      for (const squashed of codesOf(text, atoms)) {
        const mask = letterMask(squashed);
        for (const key of allKeys) {
          if (
            key.row >= 0 ||
            !isCode(key) ||
            key.squashed.length > limits.vocabularyWord ||
            bits(letterMask(key.squashed) ^ mask) > 2
          )
            continue;
          if (distance(squashed, key.squashed, 1) === 1) {
            scores.words.raise(key.index, rules.keys.similar);
            scores.similar.add(key.index);
          }
        }
      }
    }

    /** Returns the first words of a text, squashed, that have to be codes. */
    function codesOf(text, atoms) {
      const codes = [];
      for (let i = 0; i < atoms.length && codes.length < 3; i++) {
        const isJoined = (k) =>
          atoms[k].glue === hump || atoms[k].glue === joint;
        if (i > 0 && isJoined(i)) continue;
        let j = i;
        let squashed = atoms[i].word;
        while (j + 1 < atoms.length && isJoined(j + 1))
          squashed = joined(squashed, atoms[++j].word);
        const isWhole = i === 0 && j === atoms.length - 1;
        const size = sizeOf(squashed);
        if (
          size < 3 ||
          size > limits.vocabularyWord ||
          !isBasic(squashed) ||
          !/[0-9]/.test(squashed)
        )
          continue;
        const isNegative =
          isDigits(squashed) && isSign(rules, text, atoms[i].from - 1);
        const from = atoms[i].from - (isNegative ? 1 : 0);
        if (isWhole || labelOf(rules, text, from, atoms[j].to) !== "")
          codes.push((isNegative ? "-" : "") + squashed);
      }
      return codes;
    }

    const isCode = ({ kind }) => kind === "code" || kind === "alias";

    /** Finds the longest messages whose words are in a text in their order. */
    function findMessages(words, scores) {
      let longest = 0;
      let found = [];
      for (const anchor of new Set(words)) {
        for (const message of messages.get(anchor) || []) {
          if (message.length < longest || !hasPieces(words, message.pieces))
            continue;
          if (message.length > longest) found = [];
          longest = message.length;
          found.push(message.index);
        }
      }
      const { base, letter, most } = rules.message;
      for (const i of found)
        scores.message.raise(i, base + letter * Math.min(most, longest));
    }

    function hasPieces(words, pieces) {
      let at = 0;
      for (const piece of pieces) {
        for (; ; at++) {
          if (at + piece.length > words.length) return false;
          let k = 0;
          while (k < piece.length && words[at + k] === piece[k]) k++;
          if (k === piece.length) break;
        }
        at += piece.length;
      }
      return true;
    }

    /** Finds entries with most of the words of a query. */
    function findWords(words, scores) {
      const wanted = wantedWords(words);
      const [best, total, matched, telling] = [
        newNumbers(),
        newNumbers(),
        newNumbers(),
        newNumbers(),
      ];
      const similar = new Set();
      const saysLittle = (word) =>
        (word.length === 1 && isASCII(word)) ||
        rules.stopWords.has(word) ||
        isDigits(word);
      // An entry needs one of the words that say something, if there are any.
      const needsTelling = !wanted.every(saysLittle);
      let known = 0;
      let told = 0;
      wanted.forEach((word, k) => {
        best.clear();
        const isSimilar = findWord(
          best,
          word,
          wanted[k - 1],
          wanted[k + 1],
          wanted.length === 1,
        );
        let value = rarity(entries.length, Math.max(1, best.touched.length));
        if (saysLittle(word)) value = value >> 2;
        else told += value;
        if (best.touched.length === 0) return;
        known += value;
        for (const i of best.touched) {
          total.set(i, total.of(i) + Math.floor((best.of(i) * value) / 100));
          matched.set(i, matched.of(i) + value);
          if (!saysLittle(word)) telling.set(i, telling.of(i) + value);
          if (isSimilar) similar.add(i);
        }
      });
      const found = needsTelling ? telling.touched : matched.touched;
      const most = found.reduce((n, i) => Math.max(n, matched.of(i)), 0);
      for (const i of found) {
        const value = matched.of(i);
        if (value * 100 < most * rules.coverage) continue;
        scores.words.set(
          i,
          Math.max(1, Math.floor((total.of(i) * value) / (known * 16))),
        );
        if (similar.has(i) || telling.of(i) < told) scores.similar.add(i);
      }
    }

    /** Returns the different words of a query; of a longer one without numbers, which may be anything. */
    function wantedWords(words) {
      let wanted = [...new Set(words)];
      if (wanted.length > 4) wanted = wanted.filter((word) => !isDigits(word));
      return wanted.slice(0, limits.words);
    }

    /**
     * Finds the entries with a word, or else one like it, and the weight of the best
     * place in each. Reports whether the words are only similar.
     */
    function findWord(best, word, before, after, isAlone) {
      const add = (term, quality) => {
        for (let k = 0; k < term.entries.length; k++)
          best.raise(term.entries[k], term.weights[k] * quality);
      };
      const same = terms.get(word);
      if (same) add(same, qualities.exact);
      for (const term of stems.get(stem(rules, word)) || [])
        if (term !== same) add(term, qualities.stem);
      for (const pair of [before && before + word, after && word + after]) {
        if (pair && terms.has(pair)) add(terms.get(pair), qualities.joined);
      }
      const size = sizeOf(word);
      if (isAlone || (size > 1 && !isDigits(word))) {
        for (const term of postings) {
          if (term !== same && term.word.startsWith(word))
            add(term, qualities.prefix);
        }
      }
      if (
        best.touched.length > 0 ||
        size > limits.vocabularyWord ||
        !isBasic(word)
      )
        return false;
      findInitials(best, word);
      if (/[0-9]/.test(word)) return true;
      const most =
        (size >= rules.edits.two ? 1 : 0) + (size >= rules.edits.one ? 1 : 0);
      const mask = letterMask(word);
      for (let edits = 1; edits <= most && best.touched.length === 0; edits++) {
        for (const term of postings) {
          if (
            !term.isBasic ||
            Math.abs(term.size - size) > edits ||
            bits(term.mask ^ mask) > 2 * edits
          )
            continue;
          if (distance(word, term.word, edits) === edits)
            add(term, edits === 1 ? qualities.oneEdit : qualities.twoEdits);
        }
      }
      return true;
    }

    /** Finds the entries with a title or a message that has words with the letters of a word as their initials. */
    function findInitials(best, word) {
      const { least, most } = rules.initials;
      if (word.length < least || word.length > most) return;
      if (!/^[a-z0-9]*$/.test(word) || isDigits(word)) return;
      initials.forEach(([title, message], i) => {
        if (title.includes(word))
          best.raise(i, places.title * qualities.initials);
        if (message.includes(word))
          best.raise(i, places.message * qualities.initials);
      });
    }

    /**
     * Returns what a query finds: hits of {index, score, by}, and reserved of {row, word,
     * score}, each the best first. An entry is found by a "key", a "prefix" of one, its
     * "message", its "words" or words that are "similar" to them.
     */
    function find(query) {
      step(entries.length);
      const text = clean(rules, query);
      const atoms = atomsOf(rules, text, limits.atoms);
      const scores = newScores();
      findKeys(text, atoms, scores);
      findPrefixes(text, atoms, scores);
      const reserved = [...scores.reserved.values()].sort(
        (a, b) => b.score - a.score || a.row - b.row,
      );
      let strongest = reserved.length > 0 ? reserved[0].score : 0;
      for (const i of scores.key.touched)
        strongest = Math.max(strongest, scores.key.of(i));
      // A key says more than a message, and both say more than words.
      if (strongest < rules.keys.free || scores.isProse) {
        const words = wordsOf(atoms);
        findMessages(words, scores);
        const isCertain =
          strongest >= rules.keys.strong || scores.message.touched.length > 0;
        if (!isCertain || scores.isProse) findWords(words, scores);
        const isNothing =
          strongest === 0 &&
          [scores.prefix, scores.message, scores.words].every(
            ({ touched }) => touched.length === 0,
          );
        if (isNothing) findSimilarCodes(text, atoms, scores);
      }
      return { hits: hitsOf(scores), reserved };
    }

    function hitsOf({ key, prefix, message, words, similar }) {
      const hits = [];
      for (const index of new Set([
        ...key.touched,
        ...prefix.touched,
        ...message.touched,
        ...words.touched,
      ])) {
        const score =
          key.of(index) +
          prefix.of(index) +
          message.of(index) +
          words.of(index);
        let by = similar.has(index) ? "similar" : "words";
        if (prefix.of(index) > 0) by = "prefix";
        if (message.of(index) > 0) by = "message";
        if (key.of(index) >= rules.keys.strong) by = "key";
        hits.push({ index, score, by });
      }
      return hits.sort((a, b) => b.score - a.score || a.index - b.index);
    }

    return { step, find };
  }

  function addTo(map, key, value) {
    const values = map.get(key);
    if (values) values.push(value);
    else map.set(key, [value]);
  }

  return newSearch;
})();

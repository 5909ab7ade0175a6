/* The search. Words are folded as reading_edition/fold.py folds them, Pagefind says in which record and at which place each stands,
   and everything else (phrases, all or any, names, counts) is reckoned from the places. Nothing is loaded before it is asked for. */
window.Finding = (function () {
  "use strict";
  const BASE = new URL("../search/", document.currentScript.src).href;
  const DISK = location.protocol === "file:";
  const SOURCE = 0, EDITORS = 1, ENDS = ["ⵣ", "ⵞ"];

  // -- folding ---------------------------------------------------------------------------------------------------------
  const APOSTROPHES = "'’‘`´ʼʾʿʻ′", JOINERS = "\u00ad\u200c\u200d\u200e\u200f\u2060\ufeff";
  const LETTER = `(?![${APOSTROPHES}])[\\p{L}\\p{N}]`, INSIDE = `(?:${LETTER}|[\\p{M}${JOINERS}])`;
  const TOKEN = new RegExp(`${LETTER}${INSIDE}*(?:[${APOSTROPHES}]+${INSIDE}+)*`, "gu");
  const POSSESSIVE = new RegExp(`[${APOSTROPHES}]+[sS]$`, "u");
  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ı": "i", "ł": "l", "ς": "σ", "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف" };
  for (const [all, one] of [["ٱ", "ا"], ["ىیےې", "ي"], ["کڪگ", "ك"], ["ةەہھۃ", "ه"], ["ءـۥۦ", ""]]) for (const letter of all) LETTERS[letter] = one;
  for (let digit = 0; digit < 10; digit++) LETTERS[String.fromCharCode(0x660 + digit)] = LETTERS[String.fromCharCode(0x6f0 + digit)] = String(digit);
  const GOD = /^[وف]?(?:[بكت]?ال|ل)ل(هم?)$/, PREFIXES = [/^[وف]?(?:[بك]?ال|لل)(?=..)/u, /^(?:[وفبكل](?=...)|س(?=[يتنا]...))/u];

  function fold(word) {
    const lower = word.replace(POSSESSIVE, "").normalize("NFKD").toLowerCase();
    let plain = "";
    for (const letter of lower) for (const one of LETTERS[letter] ?? letter) if (/[\p{L}\p{N}]/u.test(one) && !APOSTROPHES.includes(one)) plain += one;
    if (!(plain[0] >= "\u0620" && plain[0] <= "\u06d5")) return plain;
    const god = GOD.exec(plain);
    if (god) return "الل" + god[1];
    for (let prefix; (prefix = PREFIXES[0].exec(plain) || PREFIXES[1].exec(plain)); ) plain = plain.slice(prefix[0].length);
    return plain;
  }

  /** [start, end, folded] of each word. */
  const tokens = (words) => [...words.matchAll(TOKEN)].map((m) => [m.index, m.index + m[0].length, fold(m[0])]).filter((token) => token[2]);
  const folded = (words) => tokens(words).map((token) => token[2]);

  // -- loading ---------------------------------------------------------------------------------------------------------
  const waiting = new Map(), loads = new Map();
  window.findingLoaded = (name, value) => waiting.get(name)?.(value);

  /** What the script `name` of the index holds. A script is all that a browser loads from a disk. */
  function load(name) {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        const script = document.createElement("script");
        script.src = BASE + name + ".js";
        script.onerror = () => { loads.delete(name); script.remove(); reject(new Error("not there: " + name)); };
        document.head.append(script);
      }));
    }
    return loads.get(name);
  }

  async function fetchFromDisk(address) {
    const name = /(?:index\/)?[^/?]+(?=\?|$)/.exec(String(address))[0];
    const bytes = Uint8Array.from(atob(await load(name)), (letter) => letter.charCodeAt(0));
    return { ok: true, json: async () => JSON.parse(new TextDecoder().decode(bytes)), arrayBuffer: async () => bytes.buffer };
  }

  let engine;
  const index = () => (engine ||= load("pagefind").then(
    (create) => create(DISK ? fetchFromDisk : window.fetch.bind(window))({ basePath: BASE, noWorker: true }),
    (error) => { engine = undefined; throw error; }));

  /** Load the engine before it is asked: somebody is about to type. */
  const ready = () => { index().catch(() => undefined); };

  const places = new Map();
  /** Record -> places of a folded word in one voice. */
  function lookup(word, voice) {
    const key = word + ENDS[voice];
    if (!places.has(key)) {
      places.set(key, index().then((pagefind) => pagefind.search(key)).then(
        (found) => new Map(found.results.filter((one) => one.words.length).map((one) => [one.id, Uint32Array.from(one.words).sort()]))));
      places.get(key).catch(() => places.delete(key));
    }
    return places.get(key);
  }

  // -- what a query means ----------------------------------------------------------------------------------------------
  const within = (some, words) => words.some((_, at) => some.every((word, i) => words[at + i] === word));

  /** Folded form -> the groups of names in which it stands. */
  async function named() {
    const groups = await load("names"), forms = new Map();
    for (const group of groups) {
      const all = group.map((name) => ({ name, words: folded(name) }));
      for (const one of all) { const key = one.words.join(" "); forms.set(key, [...(forms.get(key) || []), all]); }
    }
    return forms;
  }

  /** The names that also stand for `typed`: none that is only a part of it, and none that has another one in it. */
  function others(groups, typed) {
    const kept = [{ name: "", words: typed }, ...groups.flat().filter((one) => !within(one.words, typed))];
    return kept.filter((one, at) => !kept.some((two, i) => i !== at && within(two.words, one.words) && (two.words.length < one.words.length || i < at)));
  }

  /** The other number of an English word, by the rules of spelling: missiles for missile, army for armies. */
  function otherNumber(word) {
    if (!/^[a-z]{4,}$/.test(word)) return [];
    if (/[^aeiou]ies$/.test(word)) return [word.slice(0, -3) + "y"];
    if (/(?:[sxz]|ch|sh)es$/.test(word)) return [word.slice(0, -2)];
    if (/[^aius]s$/.test(word)) return [word.slice(0, -1)];
    if (/[^aeiou]y$/.test(word)) return [word.slice(0, -1) + "ies"];
    return [word + (/(?:[sxz]|ch|sh)$/.test(word) ? "es" : "s")];
  }

  /** A row of slots, each a list of wordings; and the names that were added. A loose word may stand in either number. */
  function slots(words, forms, added, loose) {
    const row = [];
    for (let at = 0; at < words.length; ) {
      let taken = 0;
      for (let size = Math.min(8, words.length - at); forms && size && !taken; size--) {
        const typed = words.slice(at, at + size), groups = forms.get(typed.join(" "));
        if (!groups) continue;
        const all = others(groups, typed);
        for (const one of all) if (one.name) added.add(one.name);
        row.push(all.map((one) => one.words));
        taken = size;
      }
      if (!taken) { row.push([words[at], ...(loose && forms ? otherNumber(words[at]) : [])].map((word) => [word])); taken = 1; }
      at += taken;
    }
    return row;
  }

  /** What must be found: units that are each a row of slots. Words between quotation marks are one unit, in mode `phrase` all words are. */
  function parse(query, mode, forms) {
    const units = [], added = new Set();
    const pieces = mode === "phrase" ? [["", query]] : [...query.matchAll(/["“”«»„]([^"“”«»„]*)["“”«»„]?|([^"“”«»„]+)/gu)].map((m) => [m[2], m[1]]);
    for (const [loose, exact] of pieces) {
      const row = slots(folded(loose || exact || ""), forms, added, Boolean(loose));
      units.push(...(loose ? row.map((slot) => [slot]) : row.length ? [row] : []));
    }
    return { units, added: [...added] };
  }

  /** Record -> [first, last place] of every place of a wording. */
  async function wording(words, voice) {
    const maps = await Promise.all(words.map((word) => lookup(word, voice))), found = new Map();
    for (const [id, starts] of maps[0]) {
      if (!maps.every((map) => map.has(id))) continue;
      const rest = maps.slice(1).map((map) => new Set(map.get(id)));
      const spans = [...starts].filter((at) => rest.every((set, i) => set.has(at + i + 1))).map((at) => [at, at + words.length - 1]);
      if (spans.length) found.set(id, spans);
    }
    return found;
  }

  function join(maps) {
    const all = new Map();
    for (const map of maps) for (const [id, spans] of map) all.set(id, [...(all.get(id) || []), ...spans]);
    return all;
  }

  /** Record -> places of a unit: slot after slot, each beginning where the one before it ends. */
  async function unit(row, voice) {
    let found = null;
    for (const wordings of row) {
      const here = join(await Promise.all(wordings.map((words) => wording(words, voice))));
      if (!found) { found = here; continue; }
      const next = new Map();
      for (const [id, spans] of found) {
        const on = spans.flatMap(([first, last]) => (here.get(id) || []).filter((span) => span[0] === last + 1).map((span) => [first, span[1]]));
        if (on.length) next.set(id, on);
      }
      found = next;
    }
    return found;
  }

  /** Places in their order, none of them inside another. */
  function distinct(spans) {
    const kept = [];
    for (const span of spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) if (!kept.length || span[1] > kept[kept.length - 1][1]) kept.push(span);
    return kept;
  }

  /** For each voice a map from record to places; and the names that were searched too. */
  async function search(query, { mode = "all", names = true } = {}) {
    ready();
    const { units, added } = parse(query, mode, names ? await named() : null);
    const voices = await Promise.all([SOURCE, EDITORS].map(async (voice) => {
      const maps = await Promise.all(units.map((row) => unit(row, voice)));
      const found = join(maps);
      if (mode !== "any") for (const id of found.keys()) if (!maps.every((map) => map.has(id))) found.delete(id);
      for (const [id, spans] of found) found.set(id, distinct(spans));
      return found;
    }));
    return { voices, added, empty: !units.length };
  }

  // -- what is shown ---------------------------------------------------------------------------------------------------
  const element = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== "") made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
  const root = new URL("../", BASE).href;

  /** A place in its context: a link to where it stands. */
  function line(record, [first, last], width) {
    let at = 0, part = 0;
    while (first >= at + record.parts[part][2]) at += record.parts[part++][2] + 1;
    const [anchor, label, , words, language, direction] = record.parts[part], all = tokens(words);
    const start = all[first - at][0], end = all[last - at][1];
    const from = all.find((token) => token[0] >= start - width) || all[0], to = all.filter((token) => token[1] <= end + width).pop();
    const left = from[0] <= 3 ? 0 : Math.min(from[0], start), right = to[1] >= words.length - 3 ? words.length : Math.max(to[1], end);
    return element("a", { class: "line", href: root + record.address + (anchor && "#" + anchor) },
      element("span", { class: "line-place" }, label), label ? " " : "",
      element("span", { class: part < record.sources ? "line-words theirs" : "line-words", lang: language, dir: direction },
        (left ? "… " : "") + words.slice(left, start), element("mark", {}, words.slice(start, end)), words.slice(end, right) + (right < words.length ? " …" : "")));
  }

  /** The first results, for the box in the head of a page. */
  function quick(form) {
    const field = form.elements.q, panel = form.querySelector(".quick-results");
    let timer, turn = 0;
    const close = () => { panel.hidden = true; };
    async function show() {
      const query = field.value.trim(), mine = ++turn;
      if (!query) return close();
      let said = [], status;
      try {
        const found = await search(query), ids = [...new Set([...found.voices[SOURCE].keys(), ...found.voices[EDITORS].keys()])];
        const places = (id, voice) => found.voices[voice].get(id)?.length || 0;
        ids.sort((a, b) => places(b, SOURCE) - places(a, SOURCE) || places(b, EDITORS) - places(a, EDITORS) || (a < b ? -1 : 1));
        const records = await Promise.all(ids.slice(0, 6).map((id) => load("words/" + id)));
        said = records.map((record, at) => {
          const span = (found.voices[SOURCE].get(ids[at]) || found.voices[EDITORS].get(ids[at]))[0], link = line(record, span, 45);
          const theirs = record.outlet && found.voices[SOURCE].has(ids[at]);
          link.prepend(element("span", { class: "line-title" }, record.title, element("span", { class: "line-outlet" },
            theirs ? ` ${record.outlet} (${record.affiliation})` : record.outlet ? ` Editors, on a text of ${record.outlet} (${record.affiliation})` : " Editors")));
          return element("li", {}, link);
        });
        status = ids.length ? `Found on ${count(ids.length, "page or entry", "pages and entries")}. Press Enter for all.` : found.empty ? "" : "Found nowhere.";
      } catch { status = "The search index is not in this copy of the edition."; }
      if (mine !== turn) return;
      panel.replaceChildren(element("p", { role: "status" }, status), element("ul", {}, ...said));
      panel.hidden = !document.activeElement || !form.contains(document.activeElement);
    }
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 80); });
    field.addEventListener("focus", () => { if (field.value && panel.hidden) show(); });
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { clearTimeout(timer); field.focus(); turn++; close(); }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      const stops = [field, ...panel.querySelectorAll("a")], at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      if (!panel.hidden && stops[at]) { event.preventDefault(); stops[at].focus(); }
    });
    ready();
    if (field.value) show();
  }

  return { SOURCE, EDITORS, fold, tokens, load, ready, search, element, count, line, quick, root };
})();

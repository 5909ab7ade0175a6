/* The search page: its form stands in the address, so that a search can be sent, bookmarked and gone back to. */
(function () {
  "use strict";
  const { SOURCE, EDITORS, load, ready, search, element, count, line, root } = window.Finding;
  const form = document.querySelector(".search-form"), filters = form.querySelector(".search-filters");
  const status = document.querySelector(".search-status"), results = document.querySelector(".search-results");
  const TEXTS = 7, LINES = 4, WIDTH = 75;
  const ENTRIES = { claim: "Claim", outlet: "Outlet", person: "Person", organisation: "Organisation", place: "Place", term: "Term", event: "Event", page: "Page" };
  const word = (key) => ENTRIES[key] || key[0].toUpperCase() + key.slice(1);
  const FACETS = ["voice", "outlet", "affiliation", "language", "kind", "status"];
  const LABELS = { voice: "Whose words", outlet: "Outlet", affiliation: "Affiliation", language: "Language", kind: "Kind", status: "With a claim that is" };
  const VOICES = ["the sources", "the editors"];
  let table, slow, turn = 0;

  async function facts() {
    const raw = await load("table"), row = new Map(raw.ids.split(" ").map((id, at) => [id, at]));
    const value = {
      outlet: (at) => (raw.outlet[at] < 0 ? [] : [raw.outlets[raw.outlet[at]][0]]),
      affiliation: (at) => (raw.outlet[at] < 0 ? [] : [raw.outlets[raw.outlet[at]][1]]),
      language: (at) => [raw.languages[raw.language[at]]].filter(Boolean),
      kind: (at) => [word(raw.kinds[raw.kind[at]])],
      status: (at) => raw.statuses.filter((_, bit) => raw.status[at] & (1 << bit)),
    };
    return { row, value, texts: raw.texts, statuses: raw.statuses };
  }

  const chosen = () => new URLSearchParams(location.search);

  function fill(wanted) {
    form.elements.q.value = wanted.get("q") || "";
    form.elements.mode.value = ["any", "phrase"].includes(wanted.get("mode")) ? wanted.get("mode") : "all";
    form.elements.names.checked = wanted.get("names") !== "off";
  }

  /** The state of the form as it stands in the address: only what is not as usual. */
  function written() {
    const words = new URLSearchParams();
    if (form.elements.q.value.trim()) words.set("q", form.elements.q.value.trim());
    if (form.elements.mode.value !== "all") words.set("mode", form.elements.mode.value);
    if (!form.elements.names.checked) words.set("names", "off");
    for (const facet of FACETS) { const select = filters.querySelector(`[name=${facet}]`); if (select?.value) words.set(facet, select.value); }
    return words;
  }

  function go() {
    const words = written().toString();
    if (words !== chosen().toString()) history.pushState(null, "", location.pathname + (words ? "?" + words : ""));
    run();
  }

  /** What passes every filter, as [id, places in the sources, places in the editors' words, row]; and for each facet value -> how many pass every filter but that one. */
  function sift(found, wanted) {
    const hits = [], numbers = new Map(FACETS.map((facet) => [facet, new Map()]));
    const asked = FACETS.filter((facet) => wanted.get(facet)), voice = VOICES.indexOf(wanted.get("voice"));
    for (const id of new Set([...found.voices[SOURCE].keys(), ...found.voices[EDITORS].keys()])) {
      const at = table.row.get(id), both = [SOURCE, EDITORS].map((one) => found.voices[one].get(id) || []);
      const has = (facet) => (facet === "voice" ? VOICES.filter((_, one) => both[one].length) : table.value[facet](at));
      const missed = asked.filter((facet) => !has(facet).includes(wanted.get(facet)));
      if (missed.length > 1) continue;
      for (const facet of missed.length ? missed : FACETS) for (const value of new Set(has(facet))) numbers.get(facet).set(value, (numbers.get(facet).get(value) || 0) + 1);
      if (!missed.length) hits.push([id, ...both.map((spans, one) => (voice >= 0 && voice !== one ? [] : spans)), at]);
    }
    return { hits, numbers };
  }

  function narrow(wanted, numbers) {
    if (filters.hidden) filters.open = FACETS.some((facet) => wanted.get(facet)) || innerWidth > 900;
    filters.hidden = false;
    for (const facet of FACETS) {
      const counts = numbers.get(facet);
      if (wanted.get(facet) && !counts.has(wanted.get(facet))) counts.set(wanted.get(facet), 0);
      const order = facet === "status" ? table.statuses : facet === "voice" ? VOICES : null;
      const values = [...counts].sort((a, b) => (order ? order.indexOf(a[0]) - order.indexOf(b[0]) : b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
      let select = filters.querySelector(`[name=${facet}]`);
      if (!select) {
        select = element("select", { name: facet });
        select.addEventListener("change", go);
        filters.lastElementChild.append(element("label", {}, LABELS[facet], select));
      }
      select.replaceChildren(new Option("any", ""), ...values.map(([value, number]) => new Option(`${value} (${number})`, value)));
      select.value = wanted.get(facet) || "";
      select.classList.toggle("chosen", Boolean(select.value));
    }
  }

  /** The lines of one voice: the first few, and a button for the others. */
  function lines(record, spans, name) {
    const list = element("ol", { class: "lines" }, ...spans.slice(0, LINES).map((span) => element("li", {}, line(record, span, WIDTH))));
    const block = element("div", { class: name }, list);
    if (spans.length > LINES) {
      const button = element("button", { type: "button", class: "more-lines" }, `${spans.length - LINES} more here`);
      button.addEventListener("click", () => {
        const added = spans.slice(LINES).map((span) => element("li", {}, line(record, span, WIDTH)));
        list.append(...added);
        button.remove();
        added[0].firstChild.focus();
      });
      block.append(button);
    }
    return block;
  }

  async function hit([id, theirs, ours]) {
    const record = await load("words/" + id), text = record.sources > 0;
    const box = element("section", { class: "hit" }, element("h3", {}, element("a", { href: root + record.address + (text || record.kind === "page" ? "" : "#" + record.parts[0][0]) }, record.title)));
    box.append(element("p", { class: "hit-voice" }, ...(text
      ? [element("strong", {}, record.outlet), ` (${record.affiliation}), ${record.date}. `]
      : [`Editors: ${word(record.kind).toLowerCase()}. `]), count(theirs.length + ours.length, "place", "places")));
    if (theirs.length) box.append(lines(record, theirs, "hit-source"));
    if (ours.length) box.append(...(text ? [element("p", { class: "hit-label" }, "Editors, on this text:")] : []), lines(record, ours, "hit-editors"));
    return box;
  }

  /** A list of hits, seven at first: the words of each cost about 5 kB. */
  async function group(title, hits, mine) {
    const section = element("section", {}, element("h2", {}, title));
    let shown = 0;
    const button = element("button", { type: "button" });
    async function more(focus) {
      const boxes = await Promise.all(hits.slice(shown, shown + TEXTS).map(hit));
      if (mine !== turn) return;
      button.before(...boxes);
      shown += boxes.length;
      button.hidden = shown >= hits.length;
      button.textContent = `Show ${Math.min(TEXTS, hits.length - shown)} more of ${hits.length - shown}`;
      if (focus) boxes[0].querySelector("a").focus();
    }
    section.append(button);
    button.addEventListener("click", () => more(true));
    await more(false);
    return section;
  }

  /** Search, and show the first texts as soon as they are there; the registers come below them. */
  async function show(query, wanted, mine) {
    const asked = { mode: form.elements.mode.value, names: form.elements.names.checked };
    const [found, known] = await Promise.all([search(query, asked), table || facts()]);
    if (mine !== turn) return;
    table = known;
    const { hits, numbers } = sift(found, wanted);
    hits.sort((a, b) => b[1].length - a[1].length || b[2].length - a[2].length || a[3] - b[3]);
    const texts = hits.filter((one) => one[3] < table.texts), others = hits.filter((one) => one[3] >= table.texts);
    const groups = [["In the texts", texts], ["In the registers and other pages", others]].filter(([, some]) => some.length).map(([title, some]) => group(title, some, mine));
    for (const section of groups) section.catch(() => undefined);  // whichever fails first is reported below
    const number = hits.reduce((sum, one) => sum + one[1].length + one[2].length, 0);
    const where = [texts.length && count(texts.length, "text", "texts"), others.length && count(others.length, "entry or page", "entries and pages")].filter(Boolean).join(" and ");
    await groups[0];
    if (mine !== turn) return;
    clearTimeout(slow);
    narrow(wanted, numbers);
    status.textContent = found.empty ? "Type a word." : number ? `${count(number, "place", "places")} in ${where}` : "Found nowhere.";
    results.replaceChildren();
    if (found.added.length) results.append(element("p", { class: "search-also" }, "Searched too: ", ...found.added.flatMap((name, at) => [at ? ", " : "", element("bdi", {}, name)]), "."));
    document.title = document.title.replace(/^(.*: )?Search/, `${query}: Search`);
    for (const section of groups) {
      const shown = await section;
      if (mine === turn) results.append(shown);
    }
  }

  async function run() {
    const mine = ++turn, wanted = chosen(), query = (wanted.get("q") || "").trim();
    fill(wanted);
    results.setAttribute("aria-busy", String(Boolean(query)));
    clearTimeout(slow);
    if (!query) { results.replaceChildren(); filters.hidden = true; status.textContent = ""; return; }
    slow = setTimeout(() => { status.textContent = "Searching …"; }, 300);
    try {
      await show(query, wanted, mine);
    } catch {
      if (mine !== turn) return;
      clearTimeout(slow);
      status.textContent = "The search index is not in this copy of the edition. The build script makes it; a preview has none.";
      results.replaceChildren();
    }
    if (mine === turn) results.setAttribute("aria-busy", "false");
  }

  form.elements.q.addEventListener("focus", ready, { once: true });
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  for (const input of form.querySelectorAll(".search-modes input")) input.addEventListener("change", go);
  window.addEventListener("popstate", run);
  run();
})();

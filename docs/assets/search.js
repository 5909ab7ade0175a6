/* The search page: its form stands in the address, so that a search can be sent, bookmarked and gone back to. */
(function () {
  "use strict";
  const { SOURCE, EDITORS, load, search, element, count, line, root } = window.Finding;
  const form = document.querySelector(".search-form"), filters = form.querySelector(".search-filters");
  const status = document.querySelector(".search-status"), results = document.querySelector(".search-results");
  const TEXTS = 7, LINES = 4, WIDTH = 75;
  const ENTRIES = { claim: "Claim", outlet: "Outlet", person: "Person", organisation: "Organisation", place: "Place", term: "Term", event: "Event", page: "Page" };
  const word = (key) => ENTRIES[key] || key[0].toUpperCase() + key.slice(1);
  const FACETS = ["voice", "outlet", "affiliation", "language", "kind", "status"];
  const LABELS = { voice: "Whose words", outlet: "Outlet", affiliation: "Affiliation", language: "Language", kind: "Kind", status: "With a claim that is" };
  const VOICES = ["the sources", "the editors"];
  let table, turn = 0;

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

  /** [id, places in the sources, places in the editors' words] of what passes every filter but `open`. */
  function passing(found, wanted, open) {
    const kept = [];
    for (const id of new Set([...found.voices[SOURCE].keys(), ...found.voices[EDITORS].keys()])) {
      const at = table.row.get(id), ok = FACETS.every((facet) => facet === open || facet === "voice" || !wanted.get(facet) || table.value[facet](at).includes(wanted.get(facet)));
      if (!ok) continue;
      const voice = open === "voice" ? "" : wanted.get("voice") || "";
      const both = [SOURCE, EDITORS].map((one) => (voice && voice !== VOICES[one] ? [] : found.voices[one].get(id) || []));
      if (both[SOURCE].length + both[EDITORS].length) kept.push([id, ...both, at]);
    }
    return kept;
  }

  function narrow(found, wanted) {
    if (filters.hidden) filters.open = FACETS.some((facet) => wanted.get(facet)) || innerWidth > 900;
    filters.hidden = false;
    for (const facet of FACETS) {
      const numbers = new Map();
      for (const [, theirs, ours, at] of passing(found, wanted, facet)) {
        const values = facet === "voice" ? VOICES.filter((_, voice) => [theirs, ours][voice].length) : table.value[facet](at);
        for (const value of new Set(values)) numbers.set(value, (numbers.get(value) || 0) + 1);
      }
      if (wanted.get(facet) && !numbers.has(wanted.get(facet))) numbers.set(wanted.get(facet), 0);
      const order = facet === "status" ? table.statuses : facet === "voice" ? VOICES : null;
      const values = [...numbers].sort((a, b) => (order ? order.indexOf(a[0]) - order.indexOf(b[0]) : b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
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

  async function run() {
    const mine = ++turn, wanted = chosen(), query = (wanted.get("q") || "").trim();
    fill(wanted);
    if (!query) { results.replaceChildren(); filters.hidden = true; status.textContent = ""; return; }
    let found;
    try {
      const slow = setTimeout(() => { if (mine === turn) status.textContent = "Searching …"; }, 300);
      [found, table] = await Promise.all([search(query, { mode: form.elements.mode.value, names: form.elements.names.checked }), table || facts()]);
      clearTimeout(slow);
    } catch {
      if (mine === turn) { status.textContent = "The search index is not in this copy of the edition. The build script makes it; a preview has none."; results.replaceChildren(); }
      return;
    }
    if (mine !== turn) return;
    const hits = passing(found, wanted, "").sort((a, b) => b[1].length - a[1].length || b[2].length - a[2].length || a[3] - b[3]);
    const texts = hits.filter((one) => one[3] < table.texts), others = hits.filter((one) => one[3] >= table.texts);
    narrow(found, wanted);
    const number = hits.reduce((sum, one) => sum + one[1].length + one[2].length, 0);
    const where = [texts.length && count(texts.length, "text", "texts"), others.length && count(others.length, "entry or page", "entries and pages")].filter(Boolean).join(" and ");
    const said = found.empty ? "Type a word." : number ? `${count(number, "place", "places")} in ${where}` : "Found nowhere.";
    const groups = [];
    if (found.added.length) groups.push(element("p", { class: "search-also" }, "Searched too: ", ...found.added.flatMap((name, at) => [at ? ", " : "", element("bdi", {}, name)]), "."));
    if (texts.length) groups.push(await group("In the texts", texts, mine));
    if (others.length) groups.push(await group("In the registers and other pages", others, mine));
    if (mine !== turn) return;
    status.textContent = said;
    results.replaceChildren(...groups);
    document.title = document.title.replace(/^(.*: )?Search/, `${query}: Search`);
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  for (const input of form.querySelectorAll(".search-modes input")) input.addEventListener("change", go);
  window.addEventListener("popstate", run);
  run();
})();

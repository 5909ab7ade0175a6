/* What a reader does with a text and its notes: open one beside its words, step to the next, choose how much to see, copy a
   passage or a paragraph's citation. Without this file everything stands on the page all the same: notes at the end. */
(function () {
  "use strict";
  const root = document.documentElement;
  const reading = document.querySelector(".reading");
  if (!reading) return;
  const article = reading.parentNode;  // the headline, which may have notes too, stands before the rest
  const list = reading.querySelector("ol.notes");
  const notes = list ? [...list.children] : [];
  const wide = matchMedia("(min-width: 60em)");
  const toast = reading.querySelector(".toast");
  const bar = reading.querySelector(".reading-bar");
  const walked = bar.querySelector(".walked");
  const kinds = [...bar.querySelectorAll("[name=kind]")];
  const keys = bar.querySelector("[name=keys]");
  const tools = document.createElement("div");
  let open = null;

  const idOf = (note) => note.id.slice("note_".length);
  const pieces = (note) => article.querySelectorAll(`[data-note="${idOf(note)}"]`);
  const markOf = (note) => article.querySelector(`.mark a[href="#${note.id}"]`);
  const kindOf = (note) => note.classList[1];
  const off = () => (root.dataset.off || "").split(" ");
  const walkable = () => notes.filter((note) => note === open || !off().includes(kindOf(note)));

  let quiet;
  function say(words) {
    toast.textContent = words;
    clearTimeout(quiet);
    quiet = setTimeout(() => { toast.textContent = ""; }, 6000);
  }

  // -- where a note stands beside the text ------------------------------------------------------------------------------

  /* Each note stands at the line of its words, or below the note before it; the open one at its line, whatever the others do.
     Where they are so many that one would stand far below its line, all of them are shortened; where there is room, a note takes it. */
  function place() {
    if (!list) return;
    list.classList.remove("dense");
    for (const note of notes) note.style.removeProperty("--more");
    let rows = placed();
    if (rows.some((row) => row.y - row.at > 250)) {
      list.classList.add("dense");
      rows = placed();
    }
    const closed = rows.find((row) => row.note !== open);
    if (!closed) return;
    const line = parseFloat(getComputedStyle(closed.note).lineHeight), end = reading.offsetHeight;
    rows.forEach((row, i) => {
      const more = Math.floor(((rows[i + 1] ? rows[i + 1].y : end) - row.y - row.height) / line);
      if (more > 0) row.note.style.setProperty("--more", more);
    });
  }

  function placed() {
    if (!wide.matches) {
      for (const note of notes) note.style.top = "";
      reading.style.minHeight = "";
      return [];
    }
    const gap = 6, top = reading.getBoundingClientRect().top;
    const rows = notes.filter((note) => note.parentNode === list && note.offsetHeight)
      .map((note) => ({ note, at: (markOf(note).offsetParent ? markOf(note) : pieces(note)[0]).getClientRects()[0].top - top - 4, height: note.offsetHeight + gap }));
    const start = bar.offsetTop + bar.offsetHeight;
    const down = (from, at) => { for (const row of rows.slice(from)) { row.y = Math.max(row.at, at); at = row.y + row.height; } };
    down(0, -Infinity);
    const index = rows.findIndex((row) => row.note === open);
    if (index >= 0) {
      rows[index].y = Math.max(rows[index].at, 0);
      for (let i = index - 1; i >= 0; i--) rows[i].y = Math.min(rows[i].y, rows[i + 1].y - rows[i].height);
      down(index + 1, rows[index].y + rows[index].height);
    }
    if (rows.length && rows[0].y < Math.min(start, rows[0].at)) {  // no room above: the first ones keep their order from the top
      let at = Math.min(start, rows[0].at);
      for (const row of rows) { row.y = Math.max(row.y, at); at = row.y + row.height; }
    }
    for (const row of rows) row.note.style.top = `${Math.round(row.y)}px`;
    const last = rows[rows.length - 1];
    reading.style.minHeight = last ? `${Math.ceil(last.y + last.height)}px` : "";
    return rows;
  }

  /* Full on a narrow window: each note under the paragraph that it is about. Elsewhere they stand together in their list. */
  function gather() {
    const groups = reading.querySelectorAll(".group");
    if (groups.length) list.append(...notes);
    for (const group of groups) group.remove();
    if (!list || wide.matches || root.dataset.read !== "full") return;
    for (const note of notes) {
      const first = pieces(note)[0];
      const block = first.closest(".pair") || first.closest(".source");
      if (block.tagName === "H1") continue;
      const after = block.closest("blockquote, ul:has(> li.source)") || block;
      let group = after.nextElementSibling;
      if (!group || !group.classList.contains("group")) {
        group = document.createElement("ol");
        group.className = "notes group";
        after.after(group);
      }
      group.append(note);
    }
  }

  /* Change something that moves the text, and keep in its place the paragraph that is being read. */
  function steadily(change) {
    const bottom = bar.getBoundingClientRect().bottom;
    const block = [...reading.querySelectorAll(".source")].find((source) => source.getBoundingClientRect().bottom > bottom);
    const before = block && block.getBoundingClientRect().top;
    const reads = scrollY > 0 && bar.getBoundingClientRect().top < innerHeight;
    change();
    place();
    if (reads && block) scrollBy({ top: block.getBoundingClientRect().top - before, behavior: "instant" });
  }

  // -- one note ------------------------------------------------------------------------------------------------------------

  tools.className = "note-tools";
  for (const [sign, name, act] of [["‹", "Previous note", () => step(-1)], ["›", "Next note", () => step(1)], ["✕", "Close the note and go back to its words", () => close(true)]]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: sign, title: name, onclick: (event) => { event.stopPropagation(); act(); } });
    button.setAttribute("aria-label", name);
    tools.append(button);
  }

  function address(hash) {
    history.replaceState(history.state, "", location.pathname + location.search + (hash ? "#" + hash : ""));
  }

  function show(note, quietly) {
    if (open && open !== note) unlit();
    open = note;
    note.classList.add("open");
    note.tabIndex = -1;
    note.prepend(tools);
    for (const piece of pieces(note)) piece.classList.add("lit");
    address(note.id);
    const index = walkable().indexOf(note) + 1;
    walked.textContent = `${index}/${walkable().length}`;
    place();
    const words = pieces(note)[0].getBoundingClientRect();
    const low = wide.matches ? innerHeight - 80 : innerHeight * 0.36;
    if (words.top < bar.getBoundingClientRect().bottom || words.bottom > low) {
      scrollBy({ top: words.top - Math.min(innerHeight * 0.25, low - 40), behavior: "instant" });
    }
    note.scrollTop = 0;
    if (!quietly) note.focus({ preventScroll: true });
  }

  function unlit() {
    open.classList.remove("open");
    for (const piece of pieces(open)) piece.classList.remove("lit");
    tools.remove();
    open = null;
  }

  function close(goBack) {
    if (!open) return;
    const note = open;
    unlit();
    place();
    address(idOf(note));
    if (!goBack) return;
    const mark = markOf(note);
    const target = mark.offsetParent ? mark : pieces(note)[0];
    if (target !== mark) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  function step(by) {
    const all = walkable();
    if (!all.length) return;
    let index = all.indexOf(open) + by;
    if (!open) {  // the first whose words stand below the bar, or the last above it
      const line = bar.getBoundingClientRect().bottom;
      const below = all.findIndex((note) => pieces(note)[0].getBoundingClientRect().top >= line);
      index = by > 0 ? below : (below < 0 ? all.length : below) - 1;
    }
    if (all[index]) show(all[index]);
    else say(by > 0 ? "This was the last note." : "This was the first note.");
  }

  function noteAt(target) {
    const mark = target.closest(".mark a");
    if (mark) return notes.find((note) => mark.getAttribute("href") === "#" + note.id);
    const words = target.closest(".noted");
    return words && !off().includes(words.classList[1]) && notes.find((note) => idOf(note) === words.dataset.note);
  }

  /* The full entry of a cited work, under its short form. */
  function unfold(link) {
    const known = link.nextElementSibling;
    const there = known && known.classList.contains("in-place");
    if (there) known.remove();
    else {
      const entry = document.createElement("span");
      entry.className = "in-place";
      entry.innerHTML = document.getElementById(link.hash.slice(1)).innerHTML;
      link.after(entry);
    }
    link.setAttribute("aria-expanded", String(!there));
    place();
  }

  article.addEventListener("click", (event) => {
    const target = event.target, note = target.closest("li.note");
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    const work = target.closest(".note-sources a[href^='#work_']");
    const number = target.closest("a.number");
    if (work) { event.preventDefault(); unfold(work); }
    else if (target.closest(".back")) { event.preventDefault(); open ? close(true) : location.hash = target.closest(".back").hash; }
    else if (number) cite(number.closest(".source"));
    else if (note) { if (note !== open && list === note.parentNode && wide.matches) show(note); }
    else if (!target.closest("a:not(.mark a)") && getSelection().isCollapsed) {
      const found = noteAt(target);
      if (!found) return;
      event.preventDefault();
      found === open ? close(true) : show(found);
    }
  });

  article.addEventListener("pointerover", (event) => {
    for (const near of article.querySelectorAll(".near")) near.classList.remove("near");
    const card = event.target.closest("li.note");
    const note = card || noteAt(event.target);
    for (const piece of article.querySelectorAll(".noted.lit")) if (!open || piece.dataset.note !== idOf(open)) piece.classList.remove("lit");
    if (!note) return;
    if (card) for (const piece of pieces(note)) piece.classList.add("lit");
    else note.classList.add("near");
  });

  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target.closest("input[type=text], input[type=search], select, textarea, [contenteditable]")) return;
    if (event.key === "Escape") {
      const choices = bar.querySelector("details[open]");
      if (choices) { choices.open = false; choices.querySelector("summary").focus(); }
      else close(true);
    } else if ((event.key === "j" || event.key === "k") && (!keys || keys.checked)) step(event.key === "j" ? 1 : -1);
  });
  document.addEventListener("click", (event) => {
    const choices = bar.querySelector("details[open]");
    if (choices && !choices.contains(event.target)) choices.open = false;
  });
  if (list) {
    bar.querySelector(".previous").onclick = () => step(-1);
    bar.querySelector(".next").onclick = () => step(1);
  }

  // -- how much to see: kept in the address, so that a teacher can link to it ----------------------------------------------

  function keep() {
    const asked = new URLSearchParams(location.search);
    const read = root.dataset.read, shown = kinds.filter((box) => box.checked).map((box) => box.value);
    read === (wide.matches ? "full" : "markers") ? asked.delete("read") : asked.set("read", read);
    shown.length === kinds.length ? asked.delete("kinds") : asked.set("kinds", shown.join(" "));
    history.replaceState(history.state, "", location.pathname + (asked.size ? "?" + asked : "") + location.hash);
    carry();
  }

  /* The texts before and after are read in the same way. */
  function carry() {
    for (const link of document.querySelectorAll(".neighbours a")) link.search = location.search;
  }

  for (const choice of bar.querySelectorAll("[name=read]")) {
    choice.checked = choice.value === root.dataset.read;
    choice.addEventListener("change", () => {
      if (open) close(false);
      steadily(() => { root.dataset.read = choice.value; gather(); });
      keep();
    });
  }
  const wanted = new URLSearchParams(location.search).get("kinds");
  for (const box of kinds) {
    if (wanted !== null) box.checked = wanted.split(" ").includes(box.value);
    box.addEventListener("change", () => { steadily(choose); keep(); });
  }
  function choose() {
    root.dataset.off = kinds.filter((box) => !box.checked).map((box) => box.value).join(" ");
    if (list) walked.firstChild.data = String(walkable().length);
  }
  if (keys) {
    keys.checked = localStorage.getItem("edition-keys") !== "off";
    keys.onchange = () => localStorage.setItem("edition-keys", keys.checked ? "on" : "off");
  }

  // -- taking words away: never without whose they are -----------------------------------------------------------------------

  const cited = document.querySelector(".citations");
  const style = () => localStorage.getItem("edition-style") || "chicago";
  const here = () => (location.protocol === "file:" ? "" : location.origin + location.pathname);

  function put(words, said) {
    const done = navigator.clipboard ? navigator.clipboard.writeText(words) : Promise.reject(new Error("no clipboard"));
    done.then(() => say(`${said}: ${words}`), () => say(words));
  }

  function cite(block) {
    const chosen = cited && cited.querySelector(`[data-style="${style()}"]`);
    if (!chosen) return;
    const number = block.id.slice(1), where = here();
    put(chosen.dataset.pinpointBefore + number + chosen.dataset.pinpointAfter + (where ? ` ${where}#${block.id}` : ""), `Copied, paragraph ${number}, ${chosen.querySelector(".style").textContent}`);
  }

  if (cited) {
    for (const item of cited.querySelectorAll("[data-style]")) {
      const name = item.querySelector(".style").textContent, label = document.createElement("label"), button = document.createElement("button");
      label.innerHTML = '<input type="radio" name="style"> for the paragraph numbers';
      const radio = label.firstChild;
      radio.checked = item.dataset.style === style();
      radio.onchange = () => localStorage.setItem("edition-style", item.dataset.style);
      radio.setAttribute("aria-label", `${name} for the paragraph numbers`);
      Object.assign(button, { type: "button", textContent: "Copy", onclick: () => put(item.querySelector(".citation").textContent.trim() + (here() ? " " + here() : ""), `Copied, ${name}`) });
      button.setAttribute("aria-label", `Copy the citation, ${name}`);
      const row = document.createElement("span");
      row.className = "citation-tools";
      row.append(button, label);
      item.append(row);
    }
  }

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection.isCollapsed || !event.clipboardData || event.target.closest("input, textarea")) return;
    const range = selection.getRangeAt(0), holder = document.createElement("div");
    const touched = [...document.querySelectorAll(".md-content .source")].filter((block) => selection.containsNode(block, true));
    holder.append(range.cloneContents());
    for (const extra of holder.querySelectorAll(".apparatus, .translation-label, .note-tools")) extra.remove();
    if (!holder.textContent.trim() || !document.querySelector(".md-content").contains(range.commonAncestorContainer)) return;
    const author = document.querySelector("meta[name=author]").content, title = document.title;
    const numbers = touched.map((block) => block.id.slice(1));
    const paragraphs = !numbers.length ? "" : numbers.length === 1 ? `, paragraph ${numbers[0]}` : `, paragraphs ${numbers[0]}–${numbers[numbers.length - 1]}`;
    const words = selection.toString().trim();
    const only = touched.length && touched.some((block) => block.contains(range.startContainer)) && touched.some((block) => block.contains(range.endContainer));
    const from = (only ? `Source: ${author}` : `The editors of this edition, on ${author}`) + `: ${title}${paragraphs}. ${here()}${numbers.length ? "#p" + numbers[0] : ""}`.trimEnd();
    const block = document.createElement("p");
    block.textContent = from;
    event.clipboardData.setData("text/plain", `${words}\n\n${from}\n`);
    event.clipboardData.setData("text/html", `<blockquote>${holder.innerHTML}</blockquote>${block.outerHTML}`);
    event.preventDefault();
  });

  // -- begin -------------------------------------------------------------------------------------------------------------------

  function arrive() {
    const hash = decodeURIComponent(location.hash.slice(1));
    const note = notes.find((each) => each.id === hash);
    if (note) show(note);
    else if (open && hash !== idOf(open)) { unlit(); place(); }
  }

  choose();
  gather();
  place();
  carry();
  arrive();
  requestAnimationFrame(() => requestAnimationFrame(() => reading.classList.add("placed")));  // the first frame decides which typefaces there are
  document.fonts.ready.then(() => { place(); requestAnimationFrame(() => reading.classList.add("settled")); });
  addEventListener("load", place);
  addEventListener("hashchange", arrive);
  const printed = matchMedia("print");  // on paper the notes stand at the end, whatever the window does meanwhile
  addEventListener("beforeprint", () => { if (list) list.append(...notes); });
  addEventListener("afterprint", () => { gather(); place(); });
  wide.addEventListener("change", () => { if (!printed.matches) steadily(gather); });
  let size = "";  // a font that arrives moves the lines, and the notes go with them before anything is drawn
  new ResizeObserver(() => {
    const now = `${reading.offsetWidth} ${reading.offsetHeight}`;
    if (now === size || printed.matches) return;
    place();
    size = `${reading.offsetWidth} ${reading.offsetHeight}`;
  }).observe(reading);
})();

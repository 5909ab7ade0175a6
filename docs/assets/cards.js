/* Choose among the cards of texts. The choice stands in the address, so that it can be kept and passed on. */
(() => {
  "use strict";
  const form = document.querySelector("form.filter");
  if (!form) return;
  const cards = [...document.querySelectorAll("li.card")];
  const shelves = [...document.querySelectorAll(".shelf")];
  const selects = [...form.querySelectorAll("select")];
  const said = form.querySelector("[role=status]");

  const show = () => {
    const fits = (card) => selects.every(({ name, value }) => !value || card.dataset[name].split(" ").includes(value));
    for (const card of cards) card.hidden = !fits(card);
    for (const shelf of shelves) shelf.hidden = !shelf.querySelector("li.card:not([hidden])");
    const left = cards.filter((card) => !card.hidden).length;
    said.textContent = `${left} of ${cards.length} texts`;
    form.classList.toggle("chosen", selects.some((select) => select.value));
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const select of selects) {
      const value = asked.get(select.name) || "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    show();
  };

  const keep = () => {
    const address = new URL(location.href);
    for (const { name, value } of selects) value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    try { history.replaceState(history.state, "", address); } catch { /* a page from a disk may not change its address */ }
    show();
  };

  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(keep));
  addEventListener("pageshow", read);
  addEventListener("popstate", read);
  read();
})();

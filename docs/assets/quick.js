/* The box in the head of every page: nothing of the search is loaded before somebody goes into it. */
(function () {
  "use strict";
  const form = document.querySelector(".quick"), field = form.elements.q;
  field.addEventListener("focus", () => {
    const ready = () => window.Finding.quick(form);
    if (window.Finding) return ready();
    const script = document.createElement("script");
    script.src = form.dataset.find;
    script.onload = ready;
    document.head.append(script);
  }, { once: true });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || !form.offsetWidth) return;
    event.preventDefault();
    field.focus();
  });
})();

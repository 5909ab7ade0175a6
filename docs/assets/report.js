// On the page of corrections: says from which note, text or entry the reader came, so that its address can be copied.
(function () {
  "use strict";
  const about = new URLSearchParams(location.search).get("about") || "";
  // An address of this site and nothing else: names of folders and pages, and an anchor.
  if (!/^(texts|registers)\/[a-z0-9/-]+\.html(#[a-z0-9_-]+)?$/.test(about)) return;
  const link = document.querySelector(".reported-address");
  link.href = new URL("../" + about, location.href).href;
  link.textContent = link.href;
  link.closest(".reported").hidden = false;
})();

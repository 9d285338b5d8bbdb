
"use strict";
(() => {
  const known = document.body.dataset.version;
  const look = async () => {
    try {
      const answer = await fetch("/version", {cache: "no-store"});
      if (answer.ok && await answer.text() !== known) location.reload();
    } catch { /* the server has ended; it may come back */ }
    setTimeout(look, 1000);
  };
  look();
})();

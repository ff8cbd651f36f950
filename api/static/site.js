// What pages gain with scripts. Without them everything works by its buttons.

// A form that saves itself: a while after the last change, when its field is left, and again when a network fault is over.
for (const form of document.querySelectorAll("form[data-saves-itself]")) {
  const told = form.querySelector("[data-told]");
  const words = form.dataset;
  const PAUSE = Number(words.pause) || 3000; // a long text is saved whole each time: it says itself how seldom
  const AGAIN = 15000;
  let timer = 0;
  let dirty = "unsaved" in words; // it came with words that are not saved
  let theirs = words.unsaved !== "filled"; // somebody wrote them: what the page filled in waits for a person
  let asking = false;
  let sending = false;
  let cut = false; // the last try did not reach the site
  let reached = false; // the site was reached since the browser last said that there is no network
  let waiting = null; // the button that was pressed before it was known whether the site can be reached

  const say = (text) => {
    if (told.textContent !== text) told.textContent = text;
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  async function save() {
    clearTimeout(timer);
    if (!dirty || !theirs || sending) return;
    if (asking) {
      later(PAUSE);
      return;
    }
    asking = true;
    dirty = false;
    say(words.saving);
    const body = new FormData(form);
    body.set("quietly", "yes");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body) });
      cut = false;
      reached = true;
      const kind = answer.headers.get("content-type") || "";
      const said = kind.startsWith("application/json") ? await answer.json() : null;
      if (answer.ok && said) {
        form.elements.seen.value = said.seen;
        if (!dirty) say(said.said);
        if (!dirty && !waiting) renew().catch(() => {}); // it is told when the page is loaded again
      } else if (said) {
        dirty = true;
        say(said.stale ? words.both : `${words.savesItself} ${said.said}`);
      } else {
        dirty = true;
        say(answer.status === 403 ? words.again : words.away);
      }
    } catch {
      dirty = true;
      cut = true;
      waiting = null;
      say(words.offline);
      later(AGAIN);
    } finally {
      asking = false;
    }
    if (waiting) form.requestSubmit(waiting);
  }

  // What else of the page tells how the answer stands is told anew, once nothing more is to be saved.
  async function renew() {
    const answer = await fetch(form.action + location.search);
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    for (const part of document.querySelectorAll("[data-renewed]")) {
      const now = page.getElementById(part.id);
      if (now && !part.contains(document.activeElement)) part.replaceWith(now);
    }
  }

  const changed = (wait) => {
    dirty = theirs = true;
    say(words.savesItself);
    later(wait);
  };

  if (dirty) later(PAUSE);
  form.addEventListener("input", (event) => changed(event.target.type === "radio" ? 300 : PAUSE));
  form.addEventListener("focusout", (event) => {
    if (dirty && !form.contains(event.relatedTarget)) save();
  });
  form.addEventListener("submit", (event) => {
    // Where there may be no network it is tried without leaving: a browser that leaves for nothing loses the words.
    const unsure = cut || !(navigator.onLine || reached);
    if (asking || unsure) {
      event.preventDefault();
      waiting = event.submitter;
      dirty = theirs = true;
      save();
      return;
    }
    clearTimeout(timer);
    sending = true;
  });
  addEventListener("online", save);
  addEventListener("offline", () => {
    reached = false;
  });
  addEventListener("beforeunload", (event) => {
    if ((dirty || asking) && !sending) event.preventDefault();
  });
}

// A link to a line of a long text in a field puts the cursor there.
for (const link of document.querySelectorAll("a[data-line]")) {
  link.addEventListener("click", (event) => {
    const field = document.querySelector(link.hash);
    const lines = field.value.split("\n");
    const before = Number(link.dataset.line) - 1;
    const start = lines.slice(0, before).join("\n").length + (before > 0 ? 1 : 0);
    event.preventDefault();
    field.focus();
    field.setSelectionRange(start, start + (lines[before] || "").length);
    field.scrollTop = (field.scrollHeight / lines.length) * Math.max(0, before - 3);
    field.scrollIntoView({ block: "center" });
  });
}

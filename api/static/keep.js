// What somebody writes is not lost: without a network no form takes it off the page, and whoever leaves is asked.
for (const form of document.querySelectorAll('main form[method="post"]:not([data-saves-itself])')) {
  const written = [...form.querySelectorAll("textarea")];
  let leaving = false;
  let reached = false;
  let told = null;

  const tell = (text) => {
    if (!told) {
      told = document.createElement("p");
      told.className = "nhsuk-body";
      told.setAttribute("role", "alert");
      form.append(told);
    }
    told.textContent = text;
  };

  form.addEventListener("submit", async (event) => {
    leaving = true;
    if (event.defaultPrevented || navigator.onLine || reached) return;
    // The browser may be wrong: what is served on the machine itself needs no network.
    const button = event.submitter;
    event.preventDefault();
    try {
      await fetch(document.querySelector('link[rel="icon"]').href, { cache: "no-store" });
      reached = true;
    } catch {
      leaving = false;
      tell(document.body.dataset.noNetwork);
    }
    if (reached) form.requestSubmit(button);
  });
  addEventListener("offline", () => {
    reached = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && written.some((field) => field.value !== field.defaultValue)) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
}

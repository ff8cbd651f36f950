// What somebody writes is not lost: without a network no form takes it off the page, and whoever leaves is asked.
// A form that saves itself looks after its own fields: here it is asked for those alone that stand outside of it.
for (const form of document.querySelectorAll('main form[method="post"]')) {
  const itself = form.hasAttribute("data-saves-itself");
  const written = [...form.elements].filter((one) => one.matches("textarea") && !(itself && form.contains(one)));
  let leaving = false;
  let reached = false;
  let told = null;

  const tell = (text, place) => {
    if (!told) {
      told = document.createElement("p");
      told.className = "nhsuk-body";
      told.setAttribute("role", "alert");
    }
    place.append(told);
    told.textContent = text;
  };

  form.addEventListener("submit", async (event) => {
    leaving = true;
    const button = event.submitter;
    const beside = button && !form.contains(button);
    if ((itself && !beside) || event.defaultPrevented || navigator.onLine || reached) return;
    // The browser may be wrong: what is served on the machine itself needs no network.
    event.preventDefault();
    if (itself) event.stopImmediatePropagation(); // the form saves itself once it is known that it can
    try {
      await fetch(document.querySelector('link[rel="icon"]').href, { cache: "no-store" });
      reached = true;
    } catch {
      leaving = false;
      tell(document.body.dataset.noNetwork, beside ? button.parentElement : form);
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

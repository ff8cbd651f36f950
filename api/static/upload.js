// Sends the files of a form one after another, with a bar for each. Without this the form sends them all at once.
// What the form says of them goes with each; a file that did not arrive can be sent again, and is kept once. One that
// arrived and is not kept is not sent again: what is wrong with it is told as the page without scripts tells it.

function line(list, file, form) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  const said = document.createElement("span");
  name.textContent = file.name;
  name.className = "site-upload__name";
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `${form.dataset.sending}: ${file.name}`);
  said.className = "site-upload__said";
  item.append(name, bar, said);
  list.append(item);
  return { file, bar, said, done: false, cut: false, refused: false, wrong: null };
}

function body(form, file, first) {
  const sent = new FormData();
  for (const [key, value] of new FormData(form)) {
    // A title is one file's. Bytes come last, behind all that is said of them.
    if (!(value instanceof File) && (first || key !== "title")) sent.append(key, value);
  }
  sent.append("file", file, file.name);
  return sent;
}

const FAULTS = ".nhsuk-error-summary__list li";

function why(page) {
  const told = [...page.querySelectorAll(FAULTS)].map((one) => one.textContent.trim());
  return told.join(" ") || page.querySelector("main p")?.textContent.trim() || "";
}

// Is it the file itself that is wrong, so that sending it again does not help?
function ofTheFile(page, field) {
  return page.querySelector(`${FAULTS} a[href="#${field.id}"]`) !== null;
}

// Everything that is wrong, at the top of the page and beside its field.
function tell(form, field, pages) {
  for (const one of document.querySelectorAll(".nhsuk-error-summary, .nhsuk-error-message[id]")) one.remove();
  for (const one of form.querySelectorAll(".nhsuk-form-group--error")) one.classList.remove("nhsuk-form-group--error");
  const summary = pages[0]?.querySelector(".nhsuk-error-summary");
  if (!summary) return;
  const list = summary.querySelector("ul");
  const known = new Set();
  for (const one of pages.flatMap((page) => [...page.querySelectorAll(FAULTS)])) {
    if (known.has(one.textContent.trim())) one.remove();
    else list.append(one);
    known.add(one.textContent.trim());
  }
  for (const said of pages.flatMap((page) => [...page.querySelectorAll("form[data-upload] .nhsuk-error-message[id]")])) {
    const of = document.getElementById(said.id.replace(/-error$/, ""));
    if (!of || of === field || document.getElementById(said.id)) continue; // a file's stands beside its bar
    if (of.matches("fieldset")) of.querySelector("legend").after(said);
    else of.before(said);
    of.closest(".nhsuk-form-group").classList.add("nhsuk-form-group--error");
    of.setAttribute("aria-describedby", said.id);
  }
  document.title = pages[0].title;
  document.querySelector("main").prepend(summary);
  summary.tabIndex = -1;
  summary.focus();
}

function send(form, field, one, first) {
  return new Promise((end) => {
    const request = new XMLHttpRequest();
    const told = (words, wrong) => {
      one.said.textContent = words;
      one.said.classList.toggle("nhsuk-error-message", wrong);
      end();
    };
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) one.bar.value = Math.floor((100 * event.loaded) / event.total);
    };
    request.onload = () => {
      one.done = request.status === 200;
      one.cut = request.status >= 500;
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      if (one.done) one.bar.value = 100;
      else one.wrong = page;
      one.refused = !one.done && !one.cut && ofTheFile(page, field);
      told(one.done ? form.dataset.kept : `${form.dataset.failed}. ${why(page)}`, !one.done);
    };
    request.onerror = () => {
      one.cut = true;
      told(form.dataset.cut, true);
    };
    one.wrong = null;
    one.cut = false;
    one.said.textContent = form.dataset.sending;
    request.open("POST", form.action);
    request.send(body(form, one.file, first));
  });
}

async function sendAll(form, field, rows, button, after) {
  const first = button.dataset.first || button.textContent;
  button.dataset.first = first;
  const stay = (event) => event.preventDefault();
  window.addEventListener("beforeunload", stay);
  button.disabled = true;
  for (const one of rows.filter((row) => !row.done && !row.refused)) await send(form, field, one, one === rows[0]);
  window.removeEventListener("beforeunload", stay);
  button.disabled = false;
  if (rows.every((row) => row.done)) {
    const done = form.dataset.done;
    window.location.assign(done.endsWith("=") ? `${done}${rows.length}` : done);
    return;
  }
  button.textContent = rows.some((row) => row.cut) ? form.dataset.again : first;
  after.hidden = false;
  tell(form, field, rows.map((row) => row.wrong).filter(Boolean));
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const field = form.querySelector("input[type=file]");
  const button = form.querySelector("button[type=submit], button:not([type])");
  let rows = [];
  const box = document.createElement("div");
  const list = document.createElement("ul");
  const after = document.createElement("a");
  box.setAttribute("role", "status");
  list.className = "nhsuk-list site-upload";
  after.href = form.dataset.done.split("?")[0];
  after.className = "nhsuk-link";
  after.textContent = form.dataset.see;
  after.hidden = true;
  box.append(list, after);
  button.before(box);
  field.addEventListener("change", () => {
    rows = [];
    list.replaceChildren();
  });
  form.addEventListener("submit", (event) => {
    if (field.files.length === 0) return;
    event.preventDefault();
    if (rows.length === 0) rows = [...field.files].map((file) => line(list, file, form));
    sendAll(form, field, rows, button, after);
  });
}

// Sends the files of a form one after another, with a bar for each. Without this the form sends them all at once.
// What the form says of them goes with each; a file that did not arrive can be sent again, and is kept once.

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
  return { file, bar, said, done: false };
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

function why(page) {
  const found = new DOMParser().parseFromString(page, "text/html");
  const told = [...found.querySelectorAll(".nhsuk-error-summary__list li")].map((one) => one.textContent.trim());
  return told.join(" ") || found.querySelector("main p")?.textContent.trim() || "";
}

function send(form, one, first) {
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
      if (one.done) one.bar.value = 100;
      told(one.done ? form.dataset.kept : `${form.dataset.failed}. ${why(request.responseText)}`, !one.done);
    };
    request.onerror = () => told(form.dataset.cut, true);
    one.said.textContent = form.dataset.sending;
    request.open("POST", form.action);
    request.send(body(form, one.file, first));
  });
}

async function sendAll(form, rows, button, after) {
  const stay = (event) => event.preventDefault();
  window.addEventListener("beforeunload", stay);
  button.disabled = true;
  for (const one of rows.filter((row) => !row.done)) await send(form, one, one === rows[0]);
  window.removeEventListener("beforeunload", stay);
  button.disabled = false;
  if (rows.every((row) => row.done)) {
    const done = form.dataset.done;
    window.location.assign(done.endsWith("=") ? `${done}${rows.length}` : done);
    return;
  }
  button.textContent = form.dataset.again;
  after.hidden = false;
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
    sendAll(form, rows, button, after);
  });
}

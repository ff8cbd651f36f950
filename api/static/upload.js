// Sends the files of a form one after another, each in pieces, with a bar. Without this the form sends them all at once.
// Where the network breaks it goes on by itself from where it stopped; so does a file that is chosen again on a page that
// was opened anew, as the engine knows what of whom is not here whole. What is refused is not sent again: what is wrong
// with it is told as the page without scripts tells it.

const FIRST = 64 * 1024; // so much shows what a file is
const LEAST = 256 * 1024;
const MOST = 8 * 1024 * 1024;
const QUICK = 2000; // a piece that takes less time is followed by a larger one
const SLOW = 10000;
const STALLED = 60000; // a network that has forgotten a request says nothing
const LONGEST = 30000; // between two tries
const PASSING = [0, 400, 408, 423, 429, 502, 503, 504, 507]; // what another try may mend

function line(list, file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  const said = document.createElement("span");
  name.textContent = file.name;
  name.className = "site-upload__name";
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  said.className = "site-upload__said";
  item.append(name, bar, said);
  list.append(item);
  return { file, bar, said, upload: "", quarter: 0, done: false, cut: false, refused: false, wrong: null };
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

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

// What is answered: how far the file is, as `said`; or a page that says no. Status 0 where nothing came back.
function post(address, body, progress) {
  return new Promise((end) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    const lives = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), STALLED);
    };
    request.upload.onprogress = (event) => {
      lives();
      progress?.(event.loaded / event.total);
    };
    request.onloadend = () => {
      clearTimeout(timer);
      const json = (request.getResponseHeader("content-type") || "").startsWith("application/json");
      const waits = Number(request.getResponseHeader("retry-after")) * 1000;
      const ours = json && request.status === 200;
      end({ status: request.status, waits, said: ours ? JSON.parse(request.responseText) : null,
            page: ours ? null : parsed(request.responseText) });
    };
    lives();
    request.open("POST", address);
    request.send(body);
  });
}

// The file, and what the form says of it. A title is one file's.
function announced(form, one, first) {
  const sent = new URLSearchParams();
  for (const [key, value] of new FormData(form)) {
    if (!(value instanceof File) && (first || key !== "title")) sent.append(key, value);
  }
  sent.append("file_name", one.file.name);
  sent.append("size", one.file.size);
  sent.append("changed", one.file.lastModified);
  sent.append("upload", one.upload);
  return sent;
}

function piece(form, one, from, size) {
  const sent = new FormData();
  sent.append("csrf", form.elements.csrf.value);
  sent.append("offset", from);
  sent.append("file", one.file.slice(from, from + size), one.file.name); // behind all that is said of it
  return sent;
}

// Somebody signed in again in another window: the form has the token of their session from now on.
async function renewed(form) {
  try {
    const page = parsed(await (await fetch(location.href)).text());
    const token = page.querySelector("form[data-upload] [name=csrf]")?.value;
    if (!token || token === form.elements.csrf.value) return false;
    form.elements.csrf.value = token;
    return true;
  } catch {
    return false;
  }
}

async function reads(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false; // it was changed, or taken away, since it was chosen
  }
}

function pause(wait) {
  return new Promise((end) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      end();
    };
    const timer = setTimeout(over, wait);
    addEventListener("online", over);
  });
}

async function send(form, field, one, first, live) {
  const words = form.dataset;
  const whole = one.file.size || 1;
  let from = null; // from where it goes on, once that is known
  let farthest = -1;
  let size = FIRST;
  let tries = 0;
  let anew = false;

  const show = (text, wrong = false) => {
    if (one.said.textContent !== text) one.said.textContent = text;
    one.said.classList.toggle("nhsuk-error-message", wrong);
  };
  const speak = (text) => {
    const told = `${one.file.name}: ${text}`;
    if (live.textContent !== told) live.textContent = told; // to who hears the page: each quarter, and what changes
  };
  const progress = (bytes) => {
    const share = Math.min(100, Math.floor((100 * bytes) / whole));
    one.bar.value = share;
    show(`${words.sending}: ${share} %`);
    if (Math.floor(share / 25) <= one.quarter) return;
    one.quarter = Math.floor(share / 25);
    speak(`${share} %`);
  };
  const refused = (text, page, forGood) => {
    one.bar.hidden = true;
    one.refused = forGood;
    one.cut = !forGood;
    one.wrong = page;
    show(`${words.failed}. ${text}`, true);
    speak(one.said.textContent);
    const signIn = page?.querySelector('main a[href^="/sign-in"]');
    if (signIn) one.said.append(" ", signIn);
  };

  one.bar.hidden = false;
  one.wrong = null;
  one.cut = false;
  show(words.sending);
  speak(words.sending);
  while (!one.done) {
    const at = from;
    const began = performance.now();
    const { status, waits, said, page } =
      at === null
        ? await post(words.upload, announced(form, one, first))
        : await post(`${words.upload}/${one.upload}`, piece(form, one, at, size), (share) => {
            progress(at + share * Math.min(size, one.file.size - at));
          });
    const took = performance.now() - began;
    if (said) {
      one.upload = said.upload;
      from = said.offset;
      progress(from);
      if (said.kept) {
        one.done = true;
        show(words.kept);
        speak(words.kept);
      }
      if (from > farthest) {
        farthest = from;
        tries = 0;
      } else if (at !== null) {
        await pause(Math.min(1000 * 2 ** tries++, LONGEST)); // it was answered, and nothing came
      }
      if (at !== null && took < QUICK) size = Math.min(Math.max(2 * size, LEAST), MOST);
      if (took > SLOW) size = Math.max(size / 2, LEAST);
    } else if (PASSING.includes(status) && (status !== 429 || waits)) {
      if (!(await reads(one.file))) return refused(words.moved, null, true);
      const known = [429, 503, 507].includes(status) ? why(page) : "";
      show(known ? `${known} ${words.itself}` : words.waiting, Boolean(known));
      speak(one.said.textContent);
      await pause(Math.max(waits || 0, Math.min(1000 * 2 ** tries++, LONGEST)));
      size = LEAST;
      from = null;
    } else if (status === 404 && at !== null && !anew) {
      anew = true; // its time was over, or it was forgotten
      one.upload = "";
      from = null;
    } else if (status !== 403 || !(await renewed(form))) {
      return refused(why(page), page, ofTheFile(page, field));
    }
  }
}

async function sendAll(form, field, rows, button, after, live) {
  const stay = (event) => event.preventDefault();
  const first = button.dataset.first || button.textContent;
  button.dataset.first = first;
  addEventListener("beforeunload", stay);
  button.disabled = field.disabled = true;
  const wanted = rows.filter((row) => !row.done && !row.refused);
  for (const one of wanted) {
    one.said.textContent = form.dataset.queued;
    one.said.classList.remove("nhsuk-error-message");
  }
  for (const one of wanted) await send(form, field, one, one === rows[0], live);
  removeEventListener("beforeunload", stay);
  button.disabled = field.disabled = false;
  if (rows.every((row) => row.done)) {
    const done = form.dataset.done;
    location.assign(done.endsWith("=") ? `${done}${rows.length}` : done);
    return;
  }
  button.textContent = rows.some((row) => row.cut && !row.wrong?.querySelector(FAULTS)) ? form.dataset.again : first;
  after.hidden = false;
  tell(form, field, rows.map((row) => row.wrong).filter(Boolean));
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const field = form.querySelector("input[type=file]");
  const button = form.querySelector("button[type=submit], button:not([type])");
  const list = document.createElement("ul");
  const live = document.createElement("p");
  const after = document.createElement("a");
  let rows = [];
  list.className = "nhsuk-list site-upload";
  live.className = "nhsuk-u-visually-hidden";
  live.setAttribute("role", "status");
  after.href = form.dataset.done.split("?")[0];
  after.className = "nhsuk-link";
  after.textContent = form.dataset.see;
  after.hidden = true;
  button.before(list, after, live);
  field.addEventListener("change", () => {
    rows = [];
    list.replaceChildren();
  });
  form.addEventListener("submit", (event) => {
    if (field.files.length === 0) return;
    event.preventDefault();
    if (rows.length === 0) rows = [...field.files].map((file) => line(list, file));
    sendAll(form, field, rows, button, after, live);
  });
}

// The page of investigations: all of them and the form to open one, or the one that the address names.

import * as api from "./api.js";
import { cell, el, named, row, table } from "./dom.js";
import { box, chosen, field } from "./edit_desk.js";
import { Dossier } from "./investigation.js";
import { instant } from "./investigation_words.js";
import { titles } from "./parties.js";
import { problemBox } from "./problem.js";
import { fillVariants } from "./rule.js";
import { lang, say } from "./setup.js";

const STATES = ["", "open", "waiting", "closed"];
const form = document.getElementById("open");
const answer = document.getElementById("answer");
const status = document.getElementById("status");
const subject = box("subject", rule);
let leaving = new AbortController();

/** Under which rule, and on which day. */
function rule() {
  const { policy, variant, as_of } = form.elements;
  return { policy: policy.value, variant: variant.value, as_of: as_of.value };
}

/** The investigation that the address names, if any. */
function namedId() {
  const place = location.pathname.split("/");
  return place[2] ? decodeURIComponent(place[2]) : "";
}

function addressOf(id, language = lang) {
  return `/investigations${id ? `/${encodeURIComponent(id)}` : ""}?lang=${language}`;
}

function go(id) {
  history.pushState(null, "", addressOf(id));
  show({ focus: true });
}

async function show({ focus = false } = {}) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const id = namedId();
  document.getElementById("other-language").href = addressOf(id, lang === "zh" ? "en" : "zh");
  form.hidden = Boolean(id);
  status.textContent = say("page.loading");
  try {
    if (id) showOne(await api.investigation(id, "", {}, signal), signal, focus);
    else await showAll("", signal);
    status.textContent = "";
  } catch (problem) {
    if (problem.name === "AbortError") return;
    status.textContent = "";
    answer.replaceChildren(problemBox(problem, () => show(), "investigation"));
  }
}

function showOne(now, signal, focus) {
  const { article } = new Dossier(now, signal);
  answer.replaceChildren(article);
  document.title = `${now.question} · lookthrough`;
  if (focus) article.focus();
}

async function showAll(state, signal) {
  const found = await api.investigations({ status: state, limit: 50 }, signal);
  const choice = el("select", { id: "state", onchange: () => showAll(choice.value, signal).catch(() => show()) },
    STATES.map((each) => el("option", { value: each }, say(each ? `investigation.status.${each}` : "investigation.any_status"))));
  choice.value = state;
  const body = el("div", {});
  const rows = found.items.map(listed);
  if (rows.length) body.append(table(say("investigation.list_note"), heads(), rows));
  else body.append(el("p", { class: "aside" }, say(state ? "investigation.none_so" : "investigation.empty")));
  if (found.next) body.append(moreButton(body, state, found.next, signal));
  document.title = `${say("investigation.title")} · lookthrough`;
  answer.replaceChildren(el("section", { class: "dossiers" }, el("h2", { class: "small" }, say("investigation.title")), el("div", { class: "field narrow no-print" }, el("label", { for: "state" }, say("investigation.state")), choice), body));
}

function heads() {
  return [[say("investigation.question")], [say("investigation.subjects")], [say("investigation.state")], [say("page.policy")], [say("investigation.changed")]];
}

function listed(each) {
  return row([
    cell(say("investigation.question"), "", el("a", { href: addressOf(each.id), "data-go": each.id, dir: "auto" }, each.question)),
    cell(say("investigation.subjects"), "", each.subjects.map((one, place) => [place ? ", " : null, named(titles(one)[0])])),
    cell(say("investigation.state"), "", say(`investigation.status.${each.status}`)),
    cell(say("page.policy"), "", each.policy.id),
    cell(say("investigation.changed"), "", el("span", { title: each.changed_at }, instant(each.changed_at))),
  ]);
}

function moreButton(body, state, cursor, signal) {
  const button = el("button", { type: "button", class: "no-print", onclick: async () => {
    button.disabled = true;
    const found = await api.investigations({ status: state, limit: 50, cursor }, signal).catch((problem) => problem);
    if (!found.items) return button.replaceWith(problemBox(found, () => show()));
    body.querySelector("tbody").append(...found.items.map(listed));
    if (found.next) button.replaceWith(moreButton(body, state, found.next, signal));
    else button.remove();
  } }, say("investigation.more"));
  return button;
}

form.querySelector("#subject-field").replaceWith(field("investigation.subject", subject.element));
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const subjects = [await chosen(subject)].filter(Boolean);
    if (!subjects.length) {
      status.textContent = say("page.choose_one");
      return subject.search.focus();
    }
    const opened = await api.openInvestigation({ question: form.elements.question.value, subjects, ...rule() });
    go(opened.id);
  } catch (problem) {
    status.textContent = problem.message || say("page.error.0");
  }
});
form.elements.policy.addEventListener("change", () => fillVariants(form, ""));
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-go]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.dataset.go);
});
addEventListener("popstate", () => show());

fillVariants(form, "");
document.getElementById("without-script").remove();
show();

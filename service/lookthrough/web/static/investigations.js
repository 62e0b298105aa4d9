// The page of investigations: all of them and the form to open one, or the one that the address names.

import * as api from "./api.js";
import { cell, el, named, row, table } from "./dom.js";
import { box, chosen, field } from "./edit_desk.js";
import { Dossier } from "./investigation.js";
import { instant } from "./investigation_words.js";
import { Kept } from "./kept.js";
import { titles } from "./parties.js";
import { problemBox } from "./problem.js";
import { fillVariants, ruleOf } from "./rule.js";
import { say } from "./setup.js";

const STATES = ["", "open", "waiting", "closed"];
const form = document.getElementById("open");
const answer = document.getElementById("answer");
const status = document.getElementById("status");
const subject = box("subject", () => ruleOf(form));
const kept = new Kept("/investigations", show);

async function show(id, signal, focus) {
  form.hidden = Boolean(id);
  status.textContent = say("page.loading");
  try {
    if (id) showOne(await api.investigation(id, "", {}, signal), signal, focus);
    else await showAll("", signal);
    status.textContent = "";
  } catch (problem) {
    if (problem.name === "AbortError") return;
    status.textContent = "";
    answer.replaceChildren(problemBox(problem, () => kept.show(), "investigation"));
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
  const choice = el("select", { id: "state", onchange: () => showAll(choice.value, signal).catch(() => kept.show()) },
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
    cell(say("investigation.question"), "", el("a", { href: kept.addressOf(each.id), "data-go": each.id, dir: "auto" }, each.question)),
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
    if (!found.items) return button.replaceWith(problemBox(found, () => kept.show()));
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
    const opened = await api.openInvestigation({ question: form.elements.question.value, subjects, ...ruleOf(form) });
    kept.go(opened.id);
  } catch (problem) {
    status.textContent = problem.message || say("page.error.0");
  }
});
form.elements.policy.addEventListener("change", () => fillVariants(form, ""));

fillVariants(form, "");
document.getElementById("without-script").remove();
kept.show();

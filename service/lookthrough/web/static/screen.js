// The page of screenings: a list and a rule, the entities that its lines mean, then the screening itself.

import * as api from "./api.js";
import { el } from "./dom.js";
import { Kept } from "./kept.js";
import { problemBox } from "./problem.js";
import { fillVariants, ruleOf } from "./rule.js";
import { Choices } from "./screen_choices.js";
import { linesOf, listFields, LONGEST_LINE, MOST_LINES } from "./screen_list.js";
import { Watched } from "./screen_results.js";
import { say } from "./setup.js";

const AT_ONCE = 50; // lines that the service looks up in one request
const form = document.getElementById("list");
const answer = document.getElementById("answer");
const status = document.getElementById("status");
const kept = new Kept("/screen", show);

function tell(text) {
  status.textContent = text;
}

async function show(id, signal, focus) {
  form.hidden = Boolean(id);
  tell("");
  answer.replaceChildren();
  try {
    if (id) await new Watched({ answer, tell, onNew: () => kept.go(""), signal }).show(id, focus);
    else await showEarlier(signal);
  } catch (problem) {
    showProblem(problem, () => kept.show());
  }
}

function showProblem(problem, retry) {
  if (problem.name === "AbortError") return;
  tell("");
  answer.replaceChildren(problemBox(problem, retry, "screen"));
}

/** Screenings of before, so that none is lost. */
async function showEarlier(signal) {
  const found = await api.screenings(10);
  if (signal.aborted || !found.length) return;
  const items = found.map((each) => el(
    "li",
    {},
    el("a", { href: kept.addressOf(each.id), "data-go": each.id }, each.begun_at.slice(0, 16).replace("T", " "), " UTC"),
    el("span", { class: "aside" }, `${each.policy.id} · ${each.as_of} · `, say(`screen.status.${each.status}`), ` · ${each.done} / ${each.total}`),
  ));
  answer.append(el("section", {}, el("h2", { class: "small" }, say("screen.earlier")), el("ul", { class: "cases" }, items)));
}

/** What the lines mean, looked up in parts. */
async function lookUp(lines, as_of, signal) {
  const found = [];
  for (let start = 0; start < lines.length; start += AT_ONCE) {
    tell(say("screen.looking", { done: start, total: lines.length }));
    found.push(...await api.candidates(lines.slice(start, start + AT_ONCE), as_of, signal));
  }
  return found;
}

async function find() {
  const lines = linesOf(form.elements.lines.value);
  if (!lines.length) return tell(say("screen.no_lines"));
  if (lines.length > MOST_LINES) return tell(say("screen.too_many", { count: lines.length, most: MOST_LINES }));
  const long = lines.findIndex((line) => line.length > LONGEST_LINE);
  if (long >= 0) return tell(say("screen.too_long", { line: long + 1, most: LONGEST_LINE }));
  const rule = ruleOf(form);
  const signal = kept.leave();
  answer.replaceChildren();
  try {
    const found = await lookUp(lines, rule.as_of, signal);
    tell("");
    const choices = new Choices(found, { onBegin: (entities) => begin({ ...rule, entities }), onBack: () => form.elements.lines.focus() });
    answer.replaceChildren(choices.article);
    choices.focus();
  } catch (problem) {
    showProblem(problem, find);
  }
}

async function begin(question) {
  try {
    kept.go((await api.beginScreening(question)).id);
  } catch (problem) {
    answer.querySelector(".problem")?.remove();
    answer.prepend(problemBox(problem, () => begin(question)));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});
form.elements.policy.addEventListener("change", () => fillVariants(form, ""));

listFields(form, tell);
fillVariants(form, "");
document.getElementById("without-script").remove();
kept.show();

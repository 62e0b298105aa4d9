// The page: the address says what is asked, the form changes the address, the answer follows it.

import { addressOf, questionOf } from "./address.js";
import * as api from "./api.js";
import { comparisonArticle } from "./compare.js";
import { el, named } from "./dom.js";
import { onFollow } from "./following.js";
import { titles } from "./parties.js";
import { problemBox } from "./problem.js";
import { fillVariants, ruleOf } from "./rule.js";
import { Search } from "./search.js";
import { lang, say, setup } from "./setup.js";
import { verdictArticle } from "./verdict.js";
import { editsOf } from "./what_if.js";

const form = document.getElementById("ask");
const answer = document.getElementById("answer");
const status = document.getElementById("status");
const search = new Search({ onChoose: (entity) => go(about(entity)), onStatus: tell, onProblem: showProblem, question: () => ruleOf(form) });
const comparing = location.pathname === "/compare";
let showing = new AbortController();

/** Said aloud by screen readers; `quiet` where the page shows it anyway. */
function tell(text, quiet = false) {
  status.textContent = text;
  status.classList.toggle("visually-hidden", quiet);
}

/** The question as the form has it; the entity is the one the address names. */
function asked() {
  const { entity, known_at, edits } = questionOf(location.search);
  return { entity, ...ruleOf(form), known_at, edits };
}

/** The same question about an entity; what was changed for another one does not go with it. */
function about(entity) {
  const question = asked();
  return { ...question, entity, edits: entity === question.entity ? question.edits : "" };
}

/** Ask this; the focus goes to the answer, or to the part of it that `at` selects. */
function go(question, at = ".verdict") {
  history.pushState(null, "", addressOf(question));
  show({ focus: at });
}

function fillForm(question) {
  const known = setup.policies.some((policy) => policy.id === question.policy);
  form.elements.policy.value = known ? question.policy : setup.policies[0].id;
  fillVariants(form, question.variant);
  form.elements.as_of.value = question.as_of;
  search.show(question.entity, "");
  document.getElementById("other-language").href = addressOf(question, lang === "zh" ? "en" : "zh");
}

/** Show what the address asks. */
async function show({ focus = null } = {}) {
  const question = questionOf(location.search);
  showing.abort();
  showing = new AbortController();
  fillForm(question);
  document.title = "lookthrough";
  if (!question.entity) return welcome();
  question.policy ||= setup.policies[0].id;
  answer.setAttribute("aria-busy", "true");
  tell(say("page.loading"));
  try {
    await (comparing ? showComparison : showVerdict)(question, showing.signal, focus);
  } catch (problem) {
    if (problem.name !== "AbortError") showProblem(problem);
  }
}

async function showComparison(question, signal, focus) {
  const told = await api.comparison(question, signal);
  const article = comparisonArticle(told, question);
  answer.replaceChildren(article);
  answer.removeAttribute("aria-busy");
  document.title = `${told.entity.name}: ${say("compare.title")} · lookthrough`;
  tell(document.title, true);
  search.rename(told.entity.name);
  if (focus) article.focus();
}

async function showVerdict(question, signal, focus) {
  const edited = editsOf(question).length > 0;
  const text = await (edited ? api.whatIf(question, signal) : api.verdict(question, signal));
  const article = verdictArticle(text, question, (other, at) => go({ ...question, ...other }, at), signal);
  const { after, ...verdict } = JSON.parse(text);
  const told = after ?? verdict;
  answer.replaceChildren(article);
  answer.removeAttribute("aria-busy");
  const name = told.entity.name;
  document.title = `${edited ? `${say("what_if.title")} · ` : ""}${name}: ${say(`outcome.${told.outcome}`)} · lookthrough`;
  tell(`${name}: ${say(`outcome.${told.outcome}`)}`, true);
  search.rename(name);
  if (focus) (answer.querySelector(focus) ?? article).focus({ preventScroll: focus !== ".verdict" });
}

function showProblem(problem) {
  answer.removeAttribute("aria-busy");
  tell("");
  answer.replaceChildren(problemBox(problem, () => show()));
}

/** Nothing asked yet: what this is for, with cases to look at where the demo set is loaded. */
async function welcome() {
  tell("");
  answer.removeAttribute("aria-busy");
  answer.replaceChildren(el("p", { class: "intro" }, say(comparing ? "compare.intro" : "page.intro")));
  const first = setup.cases[0];
  const found = await api.search(first.entity, 1, {}, showing.signal).catch(() => []);
  if (found[0]?.id !== first.entity) return;
  const items = setup.cases.map((shown) => caseItem(shown));
  answer.append(el("section", {}, el("h2", {}, say("page.cases")), el("ul", { class: "cases" }, items)));
}

function caseItem(shown) {
  const name = el("a", { href: addressOf({ entity: shown.entity, policy: shown.policy, as_of: shown.as_of }), "data-go": true }, shown.entity);
  api.entity(shown.entity, {}).then((entity) => name.replaceChildren(named(titles(entity)[0])), () => {});
  return el("li", {}, name, el("span", { class: "aside" }, say(shown.words), shown.as_of ? ` · ${shown.as_of}` : null));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const entity = await search.settle();
  if (entity) return go(about(entity));
  tell(say("page.choose_one"));
  search.focus();
});
form.elements.policy.addEventListener("change", () => fillVariants(form, ""));
// A change of the rule or the date is a new question about the same entity.
form.addEventListener("change", (event) => {
  if (event.target.id !== "q" && questionOf(location.search).entity && form.reportValidity()) {
    history.pushState(null, "", addressOf(asked()));
    show();
  }
});
onFollow((link) => {
  history.pushState(null, "", link.href);
  show({ focus: ".verdict" });
});
addEventListener("popstate", () => show());

document.getElementById("without-script").remove();
form.hidden = false;
show();

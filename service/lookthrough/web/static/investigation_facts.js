// Facts that are suspected: kept, switched, and what each subject's answer would be with those that are on.

import * as api from "./api.js";
import { el, named, webLink } from "./dom.js";
import { EditDesk } from "./edit_desk.js";
import { editWords, instant } from "./investigation_words.js";
import { outcome } from "./sections.js";
import { lang, say } from "./setup.js";

export function factsSection(dossier, signal) {
  const { facts, subjects } = dossier.now;
  const counted = facts.some((fact) => fact.state === "on");
  return [
    el("p", { class: "aside" }, say("investigation.facts_note")),
    facts.length ? el("ol", { class: "records" }, facts.map((fact) => item(dossier, fact))) : el("p", { class: "aside" }, say("investigation.no_facts")),
    counted ? el("h4", {}, say("investigation.what_if")) : null,
    counted ? el("ul", { class: "records what-if" }, subjects.map((subject) => supposed(dossier, subject, signal))) : null,
    dossier.closed ? null : el("details", { class: "no-print" }, el("summary", {}, say("investigation.new_fact")), desk(dossier)),
  ];
}

function item(dossier, fact) {
  const source = [fact.source, fact.confidence, instant(fact.added_at)].filter(Boolean).join(" · ");
  return el("li", { class: fact.state === "withdrawn" ? "superseded" : null },
    el("p", {}, el("strong", {}, editWords(fact.edit)), " ", el("span", { class: `tag state-${fact.state}` }, say(`investigation.fact.${fact.state}`))),
    el("p", { class: "aside" }, source, fact.url ? [" · ", webLink(fact.url, fact.url)] : null),
    fact.note ? el("p", { class: "aside", dir: "auto" }, fact.note) : null,
    dossier.closed || fact.state === "withdrawn" ? null : switches(dossier, fact));
}

function switches(dossier, fact) {
  const to = fact.state === "on" ? "off" : "on";
  const button = (state, words) => dossier.button("facts", say(words), () => ["PATCH", `/facts/${fact.number}`, { state }]);
  return el("p", { class: "buttons no-print" }, button(to, `investigation.switch_${to}`), button("withdrawn", "investigation.withdraw"));
}

/** A subject before and after; not a verdict, and it says so. */
function supposed(dossier, subject, signal) {
  const body = el("div", { class: "aside supposed" }, say("page.loading"));
  api.investigation(dossier.now.id, "/what-if", { entity: subject.id }, signal).then(
    ({ before, after }) => body.replaceChildren(
      el("p", {}, `${say("investigation.before")}: `, outcome(before.outcome), " → ", `${say("investigation.after")}: `, outcome(after.outcome)),
      el("p", {}, el("em", {}, say("investigation.supposed")), " ", after.sentence[lang]),
    ),
    (problem) => { if (problem.name !== "AbortError") body.replaceChildren(el("p", { class: "alert", lang: "en" }, problem.message || say("page.error.0"))); },
  );
  return el("li", {}, el("strong", {}, named(dossier.nameOf(subject))), body);
}

function desk(dossier) {
  const input = (key, most, type = "text") => el("input", { id: `fact-${key}`, type, maxlength: most, required: key === "source", autocomplete: "off" });
  const told = { source: input("source", 200), confidence: input("confidence", 200), url: input("url", 2000), note: input("note", 10000) };
  const words = { source: "source", confidence: "confidence", url: "url", note: "fact_note" };
  const more = Object.entries(told).map(([key, control]) => el("div", { class: "field" }, el("label", { for: control.id }, say(`investigation.${words[key]}`)), control));
  const { subjects, policy, as_of } = dossier.now;
  const question = { entity: subjects[0].id, policy: dossier.pack(policy), variant: policy.variant, as_of };
  const made = new EditDesk(question, {
    words: say("investigation.add_fact"),
    more,
    onEdit: (edit) => dossier.change("facts", "POST", "/facts", { edit, ...Object.fromEntries(Object.entries(told).map(([key, control]) => [key, control.value])) }),
  });
  return made.element;
}

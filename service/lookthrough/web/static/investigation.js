// One investigation: its parts one below the other, and the changes that people make to them.

import { addressOf } from "./address.js";
import * as api from "./api.js";
import { cell, el, named, row, table } from "./dom.js";
import { box, chosen, field, select } from "./edit_desk.js";
import { factsSection } from "./investigation_facts.js";
import { notesSection } from "./investigation_notes.js";
import { eventWords, instant } from "./investigation_words.js";
import { titles } from "./parties.js";
import { outcome } from "./sections.js";
import { lang, say, setup, word } from "./setup.js";

const KINDS = ["service_refused", "documents_requested", "cleared", "other"];
const NEXT = { open: ["waiting", "closed"], waiting: ["open", "closed"], closed: ["open"] };
const STATUS_WORDS = { open: "reopen", waiting: "wait", closed: "close" };
const PARTS = {
  subjects: subjectsSection,
  pinned: pinnedSection,
  facts: factsSection,
  notes: notesSection,
  decisions: decisionsSection,
  timeline: timelineSection,
};

/** Shows an investigation, and makes changes on the version that is shown. */
export class Dossier {
  #places = {};

  constructor(now, signal) {
    this.now = now;
    this.signal = signal;
    const head = el("header", { class: "dossier-head" });
    const parts = Object.keys(PARTS).map((name) => {
      const body = el("div", {});
      this.#places[name] = body;
      return el("section", { id: name, tabindex: "-1", "aria-labelledby": `${name}-heading` }, el("h3", { id: `${name}-heading` }, say(`investigation.${name}`)), body);
    });
    this.#places.head = head;
    this.article = el("article", { class: "dossier", tabindex: "-1", "aria-labelledby": "headline" }, head, parts);
    this.#refresh(null);
  }

  get closed() {
    return this.now.status === "closed";
  }

  nameOf(subject) {
    return titles(subject)[0] ?? subject.id;
  }

  /** How a question names the policy. */
  pack({ id, version }) {
    return setup.policies.some((pack) => pack.id === id && pack.version === version) ? id : `${id}@${version}`;
  }

  /** Make a change in a part. Where others were faster, show theirs, keep what is written there, and say so. */
  async change(part, method, room, fields) {
    try {
      this.now = await api.changeInvestigation(this.now, method, room, fields);
    } catch (problem) {
      if (problem.status !== 409) throw problem;
      const now = await api.investigation(this.now.id);
      if (now.version === this.now.version) throw problem;
      this.now = now;
      this.#refresh(part);
      throw new api.Problem(409, say("investigation.moved"));
    }
    this.#refresh(null);
    this.article.querySelector(`#${part}`)?.focus({ preventScroll: true });
  }

  /** A form of a part; `asked` gives the method, room and fields of its change. */
  form(part, content, button, asked) {
    const said = el("p", { class: "alert", role: "alert" });
    const submitted = async (event) => {
      event.preventDefault();
      said.textContent = "";
      try {
        await this.change(part, ...(await asked(event.target)));
      } catch (problem) {
        said.textContent = problem.message || say("page.error.0");
      }
    };
    return el("form", { class: "desk no-print", onsubmit: submitted }, content, el("button", { type: "submit", class: "primary" }, button), said);
  }

  /** A button that makes one change. */
  button(part, words, asked) {
    const button = el("button", { type: "button", class: "small", onclick: async () => {
      button.disabled = true;
      try {
        await this.change(part, ...(await asked()));
      } catch (problem) {
        button.disabled = false;
        button.after(el("span", { class: "alert", role: "alert" }, problem.message || say("page.error.0")));
      }
    } }, words);
    return button;
  }

  #refresh(except) {
    for (const [name, make] of Object.entries({ head: headOf, ...PARTS })) {
      if (name !== except) this.#places[name].replaceChildren(...filled(make(this, this.signal)));
    }
  }
}

const filled = (parts) => parts.flat(Infinity).filter(Boolean);

function headOf(dossier) {
  const { now } = dossier;
  const change = dossier.form("head", field("investigation.question", el("input", { id: "put", name: "question", type: "text", maxlength: 500, required: true, value: now.question })), say("investigation.keep"),
    (form) => ["PATCH", "", { question: form.elements.question.value }]);
  const pack = setup.policies.find(({ id }) => id === now.policy.id);
  const told = [
    [say("investigation.state"), say(`investigation.status.${now.status}`)],
    [say("page.policy"), `${pack?.title[lang] ?? now.policy.id} (${now.policy.id}@${now.policy.version}, ${now.policy.variant})`],
    [say("page.as_of"), now.as_of],
    [say("page.known_at"), now.known_at ?? say("investigation.latest")],
    [say("investigation.opened"), instant(now.opened_at)],
    [say("investigation.changed"), `${instant(now.changed_at)} · ${say("investigation.version")} ${now.version}`],
  ];
  const path = api.investigationPath(now.id);
  const files = [["en", "Report"], ["zh", "报告"]].map(([language, words]) => el("a", { class: "button", href: `${path}/report?language=${language}`, target: "_blank", rel: "noopener", lang: language === "zh" ? "zh-Hans" : "en" }, words));
  const bundle = el("a", { class: "button", href: `${path}/evidence?language=${lang}`, download: "" }, say("investigation.bundle"));
  const states = NEXT[now.status].map((status) => dossier.button("head", say(`investigation.${STATUS_WORDS[status]}`), () => ["PATCH", "", { status }]));
  return [
    el("p", { class: "no-print" }, el("a", { href: `/investigations?lang=${lang}`, "data-go": "" }, `← ${say("investigation.back")}`)),
    el("h2", { id: "headline", dir: "auto" }, now.question),
    el("dl", { class: "facts" }, told.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    el("p", { class: "buttons no-print" }, files, bundle),
    el("p", { class: "buttons no-print" }, states),
    dossier.closed ? null : el("details", { class: "no-print" }, el("summary", {}, say("investigation.change_question")), change),
  ];
}

function subjectsSection(dossier) {
  const { now } = dossier;
  const question = { policy: dossier.pack(now.policy), variant: now.policy.variant, as_of: now.as_of };
  const items = now.subjects.map((subject) => {
    const [first, second] = titles(subject);
    return el("li", {},
      el("p", {}, el("a", { href: addressOf({ ...question, entity: subject.id }) }, named(first)), " ", second ? el("span", { class: "aside" }, named(second)) : null, " ", el("span", { class: "aside" }, word("kind", subject.kind), " · ", el("code", {}, subject.id))),
      dossier.closed ? null : el("p", { class: "buttons no-print" },
        dossier.button("pinned", say("investigation.pin_now"), () => workedOut(dossier, subject)),
        now.subjects.length > 1 ? dossier.button("subjects", say("investigation.remove"), () => ["DELETE", `/subjects/${encodeURIComponent(subject.id)}`]) : null));
  });
  const found = box("new-subject", () => question);
  const add = dossier.form("subjects", field("investigation.subject", found.element), say("investigation.add_subject"), async () => ["POST", "/subjects", { entity: await chosen(found) }]);
  return [el("ul", { class: "records" }, items), dossier.closed ? null : el("details", { class: "no-print" }, el("summary", {}, say("investigation.add_subject")), add)];
}

/** The verdict on a subject as the investigation asks it, stored, and then pinned. */
async function workedOut(dossier, subject) {
  const { policy, as_of, known_at } = dossier.now;
  const text = await api.verdict({ entity: subject.id, policy: dossier.pack(policy), variant: policy.variant, as_of, known_at });
  return ["POST", "/verdicts", { verdict_id: JSON.parse(text).verdict_id }];
}

function pinnedSection(dossier) {
  const heads = [[say("page.entity")], [say("page.outcome")], [say("page.why")], [say("page.policy")], [say("page.as_of")], [say("investigation.pinned_at")], [say("investigation.evidence")]];
  const rows = dossier.now.verdicts.map((pin) => row([
    cell(say("page.entity"), "", el("a", { href: verdictAddress(dossier, pin) }, named(dossier.nameOf(pin.entity)))),
    cell(say("page.outcome"), "", outcome(pin.outcome)),
    cell(say("page.why"), "", word("reason", pin.reason)),
    cell(say("page.policy"), "", `${pin.policy.id}@${pin.policy.version}, ${pin.policy.variant}`),
    cell(say("page.as_of"), "", pin.as_of),
    cell(say("investigation.pinned_at"), "", el("span", { title: pin.pinned_at }, instant(pin.pinned_at))),
    cell(say("investigation.evidence"), "", el("a", { href: `/v1/verdicts/${encodeURIComponent(pin.verdict_id)}/evidence?language=${lang}`, download: "" }, "zip")),
  ]));
  return [rows.length ? table(say("investigation.pinned_note"), heads, rows) : el("p", { class: "aside" }, say("investigation.no_pins"))];
}

/** The page of the verdict; of a policy that no pack is, the document. */
function verdictAddress(dossier, { entity, policy, as_of, known_at, verdict_id }) {
  if (!setup.policies.some(({ id }) => id === policy.id)) return `/v1/verdicts/${encodeURIComponent(verdict_id)}`;
  return addressOf({ entity: entity.id, policy: dossier.pack(policy), variant: policy.variant, as_of, known_at });
}

function decisionsSection(dossier) {
  const { decisions, verdicts } = dossier.now;
  const cited = (id) => verdicts.find(({ verdict_id }) => verdict_id === id);
  const items = decisions.toReversed().map((each) => el("li", { class: each.superseded_by ? "superseded" : null },
    el("p", {}, el("strong", {}, `${each.number}. ${say(`investigation.decision.${each.kind}`)}`), each.superseded_by ? ` · ${say("investigation.superseded", { number: each.superseded_by })}` : null, each.supersedes ? ` · ${say("investigation.supersedes", { number: each.supersedes })}` : null),
    each.text ? el("p", { class: "note", dir: "auto" }, each.text) : null,
    el("p", { class: "aside" }, `${instant(each.decided_at)} · ${say("investigation.cites")} `, named(dossier.nameOf(cited(each.verdict_id).entity)), " ", outcome(cited(each.verdict_id).outcome), " ", el("code", { class: "digest" }, each.verdict_id))));
  return [
    items.length ? el("ul", { class: "records" }, items) : el("p", { class: "aside" }, say("investigation.no_decisions")),
    dossier.closed ? null : verdicts.length ? decisionForm(dossier) : el("p", { class: "aside" }, say("investigation.needs_pin")),
  ];
}

function decisionForm(dossier) {
  const { decisions, verdicts } = dossier.now;
  const kind = select("decision-kind", KINDS.map((each) => [each, say(`investigation.decision.${each}`)]));
  const verdict = select("decision-verdict", verdicts.toReversed().map((pin) => [pin.verdict_id, `${dossier.nameOf(pin.entity)} · ${word("outcome", pin.outcome)} · ${pin.as_of}`]));
  const standing = decisions.filter((each) => !each.superseded_by).map((each) => [each.number, `${each.number}. ${say(`investigation.decision.${each.kind}`)}`]);
  const before = select("decision-before", [["", say("investigation.in_place_of_none")], ...standing]);
  const text = el("textarea", { id: "decision-text", rows: 3, maxlength: 10000 });
  const fields = [field("investigation.decision_kind", kind), field("investigation.citing", verdict), field("investigation.in_place_of", before)];
  const reasons = field("investigation.decision_text", text);
  reasons.classList.add("whole");
  return dossier.form("decisions", [fields, reasons], say("investigation.decide"), () => ["POST", "/decisions", {
    kind: kind.value, verdict_id: verdict.value, text: text.value, supersedes: decisions.find(({ number }) => `${number}` === before.value)?.number,
  }]);
}

function timelineSection(dossier, signal) {
  const list = el("ol", { class: "timeline" }, Array.from({ length: Math.min(dossier.now.version, 500) }, () => el("li", {}, "…")));
  const more = async (cursor) => {
    const { items, next } = await api.investigation(dossier.now.id, "/timeline", { limit: 500, cursor }, signal);
    const told = items.map((event) => el("li", { value: event.number }, el("time", { datetime: event.at, title: event.at }, instant(event.at)), " ", el("span", { dir: "auto" }, eventWords(event))));
    if (cursor) list.append(...told);
    else list.replaceChildren(...told);
    if (next) await more(next);
  };
  more("").catch((problem) => { if (problem.name !== "AbortError") list.replaceChildren(el("li", { class: "alert" }, problem.message || say("page.error.0"))); });
  return [list];
}

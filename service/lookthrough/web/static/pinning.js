// "Pin to an investigation", beside a verdict.

import * as api from "./api.js";
import { el } from "./dom.js";
import { field, select } from "./edit_desk.js";
import { lang, say } from "./setup.js";

/** Closed until somebody asks for it; `document` is a stored verdict. */
export function pinning(document) {
  const body = el("div", {}, say("page.loading"));
  const details = el("details", { class: "pinning no-print" }, el("summary", {}, say("investigation.pin")), body);
  details.addEventListener("toggle", async () => {
    if (!details.open) return;
    try {
      const { items } = await api.investigations({ limit: 100 });
      body.replaceChildren(form(document, items.filter(({ status }) => status !== "closed"), body));
    } catch (problem) {
      body.replaceChildren(el("p", { role: "alert" }, problem.message || say("page.error.0")));
    }
  });
  return details;
}

function form(document, open, body) {
  const to = select("pin-to", [...open.map(({ id, question }) => [id, question]), ["", say("investigation.pin_new")]]);
  const said = el("p", { class: "alert", role: "alert" });
  const submitted = async (event) => {
    event.preventDefault();
    try {
      const at = to.value ? await api.investigation(to.value) : await api.openInvestigation(asked(document));
      const now = await api.changeInvestigation(at, "POST", "/verdicts", { verdict_id: document.verdict_id });
      const link = el("a", { href: `/investigations/${encodeURIComponent(now.id)}?lang=${lang}` }, say("investigation.pin_open"));
      body.replaceChildren(el("p", { role: "status" }, say("investigation.pin_done"), " ", link));
    } catch (problem) {
      said.textContent = problem.message || say("page.error.0");
    }
  };
  return el("form", { class: "desk", onsubmit: submitted }, field("investigation.pin_to", to), el("button", { type: "submit" }, say("investigation.pin_it")), said);
}

/** A new investigation that asks what the verdict answers. */
function asked({ entity, policy, as_of }) {
  return { question: say("investigation.pin_new_question", { name: entity.name }), subjects: [entity.id], policy: `${policy.id}@${policy.version}`, variant: policy.variant, as_of };
}

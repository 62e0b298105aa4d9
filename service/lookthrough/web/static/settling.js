// What would settle the question, and what would change the answer; each with a way on.

import { cell, el, row, section, table } from "./dom.js";
import { percent, share } from "./figures.js";
import { say, word } from "./setup.js";
import { settle, tryChange } from "./what_if.js";

export function missingSection(document, parties) {
  const several = new Set(document.missing.map((fact) => fact.test)).size > 1;
  const heads = [
    [say("page.what")], [say("page.where")], [say("page.share_of_unknown"), "number"], [say("page.decisive")], [say("what_if.title")],
  ];
  const rows = document.missing.map((fact) => row([
    cell(say("page.what"), "", word("missing", fact.kind), several ? el("code", { class: "aside" }, fact.test) : null),
    cell(say("page.where"), "", parties.link(fact.entity)),
    cell(say("page.share_of_unknown"), "number", fact.share_of_unknown == null ? "–" : share(fact.share_of_unknown)),
    cell(say("page.decisive"), "", fact.decisive ? el("strong", {}, `◆ ${say("page.yes")}`) : say("page.no")),
    cell(say("what_if.title"), "", settle(fact, parties)),
  ], fact.decisive ? "decisive" : null));
  return rows.length ? section(say("page.missing"), table(say("page.missing_note"), heads, rows)) : null;
}

export function changesSection(document, parties) {
  const heads = [[say("page.stake")], [say("page.now"), "number"], [say("page.must_fall"), "number"], [say("what_if.title")]];
  const rows = document.would_change.map((change) => row([
    cell(say("page.stake"), "", parties.link(change.owner), " → ", parties.link(change.owned), holding(change)),
    cell(say("page.now"), "number", share(change.from)),
    cell(say("page.must_fall"), "number", say(change.to_open ? "page.below" : "page.at_most", { figure: percent(change.to) })),
    cell(say("what_if.title"), "", tryChange(change, document.tests.find(({ id }) => id === change.test))),
  ]));
  return rows.length ? section(say("page.changes"), table(say("page.changes_note"), heads, rows)) : null;
}

function holding(change) {
  return change.holding ? el("span", { class: "aside" }, ` ${change.holding}`) : null;
}

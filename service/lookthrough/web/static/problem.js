// What went wrong, as people read it.

import { Problem } from "./api.js";
import { el } from "./dom.js";
import { say, setup } from "./setup.js";

/** One clear sentence, and a way to try again. */
export function problemBox(problem, retry, room = "page") {
  if (!(problem instanceof Problem)) console.error(problem);
  const status = problem.status ?? 500;
  const sentence = setup.words[`${room}.error.${status}`] ?? setup.words[`page.error.${status}`] ?? say("page.error.other");
  const wait = problem.retryAfter ? say("page.retry_after", { seconds: problem.retryAfter }) : "";
  return el(
    "div",
    { class: "problem", role: "alert" },
    el("p", {}, el("strong", {}, sentence), wait ? ` ${wait}` : null),
    status !== 503 && problem.message ? el("p", { class: "aside", lang: "en" }, problem.message) : null,
    el("button", { type: "button", onclick: retry }, say("page.retry")),
  );
}

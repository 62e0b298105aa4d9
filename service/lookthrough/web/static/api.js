// The service's own API, asked by the page like by any other program.

/** An answer that is a problem document, or no answer at all (status 0). */
export class Problem extends Error {
  constructor(status, detail, retryAfter = null) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** The answer's text: exactly the bytes that any other program would get. */
async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, "");
  }
  const text = await response.text();
  if (response.ok) return text;
  throw new Problem(response.status, detailOf(text), response.headers.get("Retry-After"));
}

function detailOf(text) {
  try {
    return JSON.parse(text).detail ?? "";
  } catch {
    return "";
  }
}

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value));

export async function search(text, limit, clocks, signal) {
  return JSON.parse(await ask(`/v1/entities?${query({ ...clocks, q: text, limit })}`, { signal })).items;
}

/** What a verdict would say first; nothing is stored. */
export async function outcome(id, question, signal) {
  return JSON.parse(await ask(`/v1/entities/${encodeURIComponent(id)}/outcome?${query(question)}`, { signal }));
}

export async function entity(id, clocks) {
  return JSON.parse(await ask(`/v1/entities/${encodeURIComponent(id)}?${query(clocks)}`));
}

/** The answer over time. */
export async function history(question, signal) {
  const { entity: id, policy, variant, known_at } = question;
  const asked = query({ policy, variant, known_at });
  return JSON.parse(await ask(`/v1/entities/${encodeURIComponent(id)}/history?${asked}`, { signal }));
}

/** The entity of the question under every reading of every pack. */
export async function comparison({ entity: id, policy, variant, as_of, known_at }, signal) {
  const asked = query({ policy, variant, as_of, known_at });
  return JSON.parse(await ask(`/v1/entities/${encodeURIComponent(id)}/comparison?${asked}`, { signal }));
}

export async function chains(id, asked, signal) {
  return JSON.parse(await ask(`/v1/entities/${encodeURIComponent(id)}/chains?${query(asked)}`, { signal }));
}

export async function owners(id, asked, cursor, signal) {
  const path = `/v1/entities/${encodeURIComponent(id)}/owners?${query({ ...asked, cursor })}`;
  return JSON.parse(await ask(path, { signal }));
}

/** Where the chart of an entity is, in one of its forms; a list in what is asked is repeated. */
export function chartAddress(id, form, asked) {
  const given = Object.entries(asked).flatMap(([name, value]) => [value].flat().filter(Boolean).map((each) => [name, each]));
  return `/v1/entities/${encodeURIComponent(id)}/${form}?${new URLSearchParams(given)}`;
}

/** What the service has at an address, as it is. */
export function text(address, signal) {
  return ask(address, { signal });
}

export async function policy(id) {
  return JSON.parse(await ask(`/v1/policies/${encodeURIComponent(id)}`));
}

/** The text of the verdict document. */
export function verdict({ edits, ...question }, signal) {
  return ask("/v1/verdicts", posted(question, signal));
}

/** The text of the verdicts before and after the edits of the question, which are JSON text. */
export function whatIf({ edits, ...question }, signal) {
  return ask("/v1/what-if", posted({ ...question, edits: JSON.parse(edits) }, signal));
}

/** What is asked as JSON, without what is empty. */
function posted(question, signal) {
  const given = Object.fromEntries(Object.entries(question).filter(([, value]) => value));
  const headers = { "Content-Type": "application/json" };
  return { method: "POST", headers, body: JSON.stringify(given), signal };
}

/** Which entities lines of a list may mean. */
export async function candidates(lines, as_of, signal) {
  return JSON.parse(await ask("/v1/screenings/candidates", posted({ lines, as_of }, signal))).items;
}

export async function beginScreening(question) {
  return JSON.parse(await ask("/v1/screenings", posted(question)));
}

export async function screenings(limit) {
  return JSON.parse(await ask(`/v1/screenings?${query({ limit })}`)).items;
}

export async function screening(id) {
  return JSON.parse(await ask(screeningPath(id)));
}

/** `what` is "cancel" or "resume". */
export async function changeScreening(id, what) {
  return JSON.parse(await ask(`${screeningPath(id)}/${what}`, { method: "POST" }));
}

export async function screeningRows(id) {
  const rows = [];
  for (let cursor = ""; cursor !== null;) {
    const page = JSON.parse(await ask(`${screeningPath(id)}/results?${query({ limit: 500, cursor })}`));
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows;
}

export function screeningPath(id) {
  return `/v1/screenings/${encodeURIComponent(id)}`;
}

/** Investigations, the last changed first, from where a page before has ended. */
export async function investigations(asked, signal) {
  return JSON.parse(await ask(`/v1/investigations?${query(asked)}`, { signal }));
}

export async function openInvestigation(question) {
  return JSON.parse(await ask("/v1/investigations", posted(question)));
}

export function investigationPath(id) {
  return `/v1/investigations/${encodeURIComponent(id)}`;
}

/** One investigation, or what is in a `room` of it. */
export async function investigation(id, room = "", asked = {}, signal = undefined) {
  return JSON.parse(await ask(`${investigationPath(id)}${room}?${query(asked)}`, { signal }));
}

/** A change, made on the version that is read; gives the investigation as it is then. */
export async function changeInvestigation({ id, version }, method, room, fields = {}) {
  const path = `${investigationPath(id)}${room}`;
  if (method === "DELETE") return JSON.parse(await ask(`${path}?${query({ version })}`, { method }));
  return JSON.parse(await ask(path, { ...posted({ version, ...fields }), method }));
}

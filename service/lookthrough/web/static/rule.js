// The fields of a form that say under which rule and on which day.

import { el } from "./dom.js";
import { setup } from "./setup.js";

/** What the fields say. */
export function ruleOf(form) {
  const { policy, variant, as_of } = form.elements;
  return { policy: policy.value, variant: variant.value, as_of: as_of.value };
}

/** The readings of the chosen policy; the default one needs no mention in a question. */
export function fillVariants(form, chosen) {
  const { policy, variant } = form.elements;
  const { variants } = setup.policies.find((candidate) => candidate.id === policy.value);
  variant.replaceChildren(...variants.map((name, place) => el("option", { value: place ? name : "" }, name)));
  variant.value = variants.indexOf(chosen) > 0 ? chosen : "";
  variant.disabled = variants.length < 2;
}

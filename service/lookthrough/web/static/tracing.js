// Which boxes and arrows of a chart belong together: the chain through one of them, and who stands next to it.

/** `of` gives, by box, the numbers of the arrows that end there (`into`) and that begin there (`out`). */
export class Tracing {
  constructor({ boxes, arrows }) {
    this.boxes = boxes;
    this.arrows = arrows;
    this.into = new Map(boxes.map(({ box }) => [box, []]));
    this.out = new Map(boxes.map(({ box }) => [box, []]));
    arrows.forEach((arrow, place) => {
      const number = String(place); // as the drawing names it
      this.into.get(arrow.owned_box).push(number);
      this.out.get(arrow.owner_box).push(number);
    });
    const seeds = boxes.filter((box) => box.named).map(({ box }) => box);
    this.above = this.#reached(seeds, this.out, "owned_box"); // what the named parties reach
    this.below = this.#reached([boxes[0].box], this.into, "owner_box"); // what leads to the entity asked about
    this.held = this.#reached([boxes[0].box], this.out, "owned_box"); // what that entity reaches
  }

  /** The chain through a box: from the parties that the rule names, and on to the entity asked about. */
  throughBox(box) {
    return this.#chain(box, box);
  }

  throughArrow(number) {
    const { owner_box: owner, owned_box: owned } = this.arrows[number];
    const found = this.#chain(owner, owned);
    found.arrows.add(number);
    return found;
  }

  #chain(from, to) {
    const up = this.#reached([from], this.into, "owner_box", (box) => this.above.has(box) || this.held.has(box));
    const down = this.#reached([to], this.out, "owned_box", (box) => this.below.has(box));
    const inside = ({ owner_box: owner, owned_box: owned }) =>
      (up.has(owner) && up.has(owned)) || (down.has(owner) && down.has(owned));
    const arrows = this.arrows.flatMap((arrow, number) => (inside(arrow) ? [String(number)] : []));
    return { boxes: new Set([...up, ...down]), arrows: new Set(arrows) };
  }

  #reached(start, arrows, end, goes = () => true) {
    const found = new Set(start);
    for (const box of found) {
      for (const number of arrows.get(box)) {
        const next = this.arrows[number][end];
        if (goes(next)) found.add(next);
      }
    }
    return found;
  }

  /** Whether something is drawn beyond a box, seen from the entity asked about. */
  goesOn({ box, side }) {
    const beyond = side === "down" ? this.out : this.into;
    return beyond.get(box).length > 0;
  }
}

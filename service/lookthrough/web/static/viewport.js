// Looking at a drawing: zoom, pan and fit, by buttons, keys, wheel and fingers.

const READABLE = 0.72; // pixels for a unit of the drawing: smaller, and its words cannot be read
const LARGEST = 4;
const MARGIN = 16;
const STILL = 4; // pixels that a pointer may move in a click

export class Viewport {
  #frame;
  #picture;
  #bounds = { x: 0, y: 0, width: 1, height: 1 };
  #scale = 1;
  #middle = { x: 0, y: 0 };
  #pointers = new Map();
  #moved = false;
  #printing = false;

  constructor(frame) {
    this.#frame = frame;
    frame.addEventListener("wheel", (event) => this.#turned(event), { passive: false });
    frame.addEventListener("pointerdown", (event) => this.#pressed(event));
    frame.addEventListener("pointermove", (event) => this.#dragged(event));
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      frame.addEventListener(end, (event) => this.#pointers.delete(event.pointerId));
    }
    frame.addEventListener("click", (event) => this.#clicked(event), true);
    new ResizeObserver(() => this.#apply()).observe(frame);
    addEventListener("beforeprint", () => this.#print(true));
    addEventListener("afterprint", () => this.#print(false));
  }

  /** Another drawing; where one is told that it stays, `anchor` (old and new place) does not move on the screen. */
  show(picture, anchor = null) {
    this.#picture = picture;
    this.#frame.replaceChildren(picture);
    this.#bounds = picture.querySelector(".body").getBBox();
    if (!anchor) return;
    this.#middle.x += anchor.to.x - anchor.from.x;
    this.#middle.y += anchor.to.y - anchor.from.y;
    this.#apply();
  }

  /** All of it where that can be read, else what is around a place. */
  open(place) {
    this.#scale = Math.max(this.#fitting(), Math.min(READABLE, 1));
    this.#middle = { ...place };
    this.#apply();
  }

  fit() {
    this.#scale = this.#fitting();
    this.#apply();
  }

  zoom(factor, at = null) {
    const { left, top, width, height } = this.#frame.getBoundingClientRect();
    const off = at ? { x: at.x - left - width / 2, y: at.y - top - height / 2 } : { x: 0, y: 0 };
    const least = Math.min(this.#fitting(), READABLE) / 2;
    const scale = Math.min(LARGEST, Math.max(least, this.#scale * factor));
    this.#middle.x += off.x / this.#scale - off.x / scale;
    this.#middle.y += off.y / this.#scale - off.y / scale;
    this.#scale = scale;
    this.#apply();
  }

  /** Move by so many pixels. */
  pan(x, y) {
    this.#middle.x += x / this.#scale;
    this.#middle.y += y / this.#scale;
    this.#apply();
  }

  /** Bring a part of the drawing into sight, moving no more than needed. */
  reveal({ x, y, width, height }) {
    const seen = this.#seen();
    const move = (low, size, from, room) => Math.min(0, low - MARGIN - from) + Math.max(0, low + size + MARGIN - from - room);
    this.#middle.x += move(x, width, seen.x, seen.width);
    this.#middle.y += move(y, height, seen.y, seen.height);
    this.#apply();
  }

  /** On paper all of it is seen. */
  #print(printing) {
    this.#printing = printing;
    this.#apply();
  }

  #whole() {
    const { x, y, width, height } = this.#bounds;
    return { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  }

  #fitting() {
    const { width, height } = this.#whole();
    return Math.min(this.#frame.clientWidth / width, this.#frame.clientHeight / height, 1.2);
  }

  #seen() {
    const [width, height] = [this.#frame.clientWidth / this.#scale, this.#frame.clientHeight / this.#scale];
    return { x: this.#middle.x - width / 2, y: this.#middle.y - height / 2, width, height };
  }

  /** What is looked at never leaves the drawing; what is smaller than its frame stands in the middle. */
  #apply() {
    if (!this.#picture || !this.#frame.clientWidth) return;
    if (this.#printing) return this.#lookAt(this.#whole());
    const [whole, seen] = [this.#whole(), this.#seen()];
    const held = (middle, low, size, room) =>
      room >= size ? low + size / 2 : Math.min(low + size - room / 2, Math.max(low + room / 2, middle));
    this.#middle.x = held(this.#middle.x, whole.x, whole.width, seen.width);
    this.#middle.y = held(this.#middle.y, whole.y, whole.height, seen.height);
    this.#lookAt(this.#seen());
  }

  #lookAt({ x, y, width, height }) {
    this.#picture.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  }

  /** Without Ctrl (or ⌘) the wheel scrolls the page; with it, as with two fingers on a touchpad, it zooms. */
  #turned(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY / (event.deltaMode ? 12 : 240)), event);
  }

  #pressed(event) {
    if (event.button) return;
    this.#moved = false;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  /** A drag that ends on a box is no click on it. */
  #clicked(event) {
    if (this.#moved) event.stopPropagation();
    this.#moved = false;
  }

  #dragged(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (!this.#moved && Math.hypot(now.x - before.x, now.y - before.y) < STILL) return;
    this.#moved = true;
    this.#frame.setPointerCapture(event.pointerId);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    const share = other ? 2 : 1; // of two fingers each moves the drawing by half
    this.pan((before.x - now.x) / share, (before.y - now.y) / share);
    if (other) this.zoom(apart(now, other) / Math.max(1, apart(before, other)), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    this.#pointers.set(event.pointerId, now);
  }
}

const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

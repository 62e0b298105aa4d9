// Links to something on the same page: they are followed without loading it anew, unless they are opened elsewhere.

/** `go(link)` for every link with `data-go` that is followed here. */
export function onFollow(go) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-go]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link);
  });
}

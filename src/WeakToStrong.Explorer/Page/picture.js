// A picture as the server draws it, with a mark for the chosen point and a summary for those who cannot see it.
import { el } from "./dom.js";

export function picture(view, chosen) {
  const frame = el("div", { class: "picture" }), caption = el("figcaption", {}, view.key ?? "",
    ...(view.id ? [" ", el("a", { href: "#take" }, "Save the picture for a paper.")] : []));
  const element = el("figure", {}, frame, caption);
  element.hidden = true;
  let words = "", mark;

  function svg() {
    return frame.firstElementChild;
  }

  // The panel's box stands in the picture's first clip path.
  function box() {
    const rect = svg()?.querySelector("clipPath rect");
    return rect && ["x", "y", "width", "height"].map((n) => Number(rect.getAttribute(n)));
  }

  function show(text) {
    frame.innerHTML = text;
    element.hidden = false;
    const drawn = svg();
    // One image for a screen reader; its letters are not read one by one.
    for (const group of drawn.querySelectorAll('[role="text"]')) {
      group.removeAttribute("role");
      group.removeAttribute("aria-label");
    }
    drawn.removeAttribute("width");
    drawn.removeAttribute("height");
    drawn.setAttribute("aria-label", `${drawn.querySelector("desc")?.textContent ?? ""} ${words}`.trim() || "Picture");
    if (view.point) drawn.classList.add("pointable");
    document.dispatchEvent(new CustomEvent("drawn"));
  }

  if (chosen) {
    frame.addEventListener("click", (e) => {
      const b = box();
      if (!view.point || !b) return;
      const at = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg().getScreenCTM().inverse());
      const u = (at.x - b[0]) / b[2], v = (b[1] + b[3] - at.y) / b[3];
      if (u < 0 || u > 1 || v < 0 || v > 1) return;
      const value = (share) => Number((view.point.low * (view.point.high / view.point.low) ** share).toPrecision(3));
      chosen(value(u), value(v));
    });
  }

  return {
    element, show,
    none() { frame.replaceChildren(); element.hidden = true; },
    summary(text) {
      words = text;
      svg()?.setAttribute("aria-label", `${svg().querySelector("desc")?.textContent ?? ""} ${words}`.trim());
    },
    mark(x, y, axes) {
      const b = box(), share = (v) => Math.log(v / axes.low) / Math.log(axes.high / axes.low);
      if (!b) return;
      const u = share(x), v = share(y);
      mark?.remove();
      if (!(u >= -0.001 && u <= 1.001 && v >= -0.001 && v <= 1.001)) return;
      mark = document.createElementNS("http://www.w3.org/2000/svg", "g");
      for (const [r, color, width] of [[4.2, "#ffffff", 2.6], [4.2, "#1a1a1a", 1.3]]) {
        const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
        const shape = { cx: b[0] + u * b[2], cy: b[1] + (1 - v) * b[3], r, fill: "none", stroke: color, "stroke-width": width };
        for (const [k, w] of Object.entries(shape)) ring.setAttribute(k, w);
        mark.append(ring);
      }
      mark.setAttribute("class", "mark");
      svg().append(mark);
    },
  };
}

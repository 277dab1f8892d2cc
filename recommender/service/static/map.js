// The pool as a picture: points from the server, drawn on a canvas. What it shows is in the tables below it, too.
(() => {
  const box = document.querySelector(".plane"), canvas = box.querySelector("canvas"), context = canvas.getContext("2d");
  const tip = box.querySelector(".plane-tip"), said = box.querySelector(".plane-said");
  const ADMITTED = 1, NEAR = 2, ASKED = 4, HEAD = 12, REACH = 12, CELL = 64;
  let people = null, grid = null, kept = new Set(), at = -1, drawing = 0;
  let zoom = 1, left = 0, top = 0; // what of the unit square is seen: from left, top on, 1 / zoom of it
  const known = new Map();

  const query = () => new URLSearchParams(location.search);
  const side = () => Math.min(canvas.clientWidth, canvas.clientHeight) * zoom;
  const across = (i) => (people.x[i] - left) * side() + offset()[0];
  const down = (i) => (people.y[i] - top) * side() + offset()[1];
  const offset = () => [(canvas.clientWidth - side() / zoom) / 2, (canvas.clientHeight - side() / zoom) / 2];

  async function load() {
    try {
      const answer = await fetch(`${box.dataset.points}?${query()}`);
      if (answer.status === 202) return void setTimeout(load, 1500);
      if (!answer.ok) throw new Error(answer.status);
      const fresh = !people;
      people = read(await answer.arrayBuffer());
      grid = cells();
      known.clear();
      said.textContent = "";
      at = -1;
      tip.hidden = true;
      const asked = people.flags.findIndex((flag) => flag & ASKED);
      if (fresh && asked >= 0) look(asked, 3);
      draw();
      mark();
      if (fresh && !document.querySelector(".areas")) refresh();
    } catch {
      said.textContent = "The points did not come; reload the page to try again.";
    }
  }

  // the page was made before the picture was
  const refresh = () => window.explore?.go(new URL(location.href), { push: false });

  function read(buffer) {
    const head = new DataView(buffer), n = head.getUint32(4, true);
    const places = new Uint16Array(buffer, HEAD, 2 * n), bytes = new Uint8Array(buffer, HEAD + 4 * n);
    const x = new Float32Array(n), y = new Float32Array(n);
    for (let i = 0; i < n; i++) { x[i] = places[2 * i] / 65535; y[i] = places[2 * i + 1] / 65535; }
    return { n, x, y, generation: head.getUint32(8, true), kinds: bytes.subarray(0, n), levels: bytes.subarray(n, 2 * n), flags: bytes.subarray(2 * n, 3 * n) };
  }

  // which points are in each cell of the plane, to find those under the pointer
  function cells() {
    const found = Array.from({ length: CELL * CELL }, () => []);
    for (let i = 0; i < people.n; i++)
      found[Math.min(CELL - 1, people.y[i] * CELL | 0) * CELL + Math.min(CELL - 1, people.x[i] * CELL | 0)].push(i);
    return found;
  }

  function colours() {
    const by = document.querySelector(".plane-legend")?.dataset.by === "seniority" ? "l" : "k";
    const style = getComputedStyle(document.documentElement);
    const names = Array.from({ length: 12 }, (_, i) => style.getPropertyValue(`--${by}${i}`).trim());
    return { of: by === "l" ? people.levels : people.kinds, names, ink: style.getPropertyValue("--ink"), dim: style.getPropertyValue("--line"), accent: style.getPropertyValue("--accent") };
  }

  function draw() {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(paint);
  }

  function paint() {
    const dense = devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * dense) || canvas.height !== Math.round(height * dense)) {
      canvas.width = Math.round(width * dense);
      canvas.height = Math.round(height * dense);
    }
    context.setTransform(dense, 0, 0, dense, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!people) return;
    const { of, names, ink, dim, accent } = colours(), started = performance.now();
    const size = Math.max(1.2, Math.min(9, (people.n > 20000 ? 1.4 : 3.6) * Math.sqrt(zoom)));
    const round = people.n <= 20000;
    // one pass a colour: setting it is what costs; those that a filter leaves out are below
    const passes = [[dim, (i) => !(people.flags[i] & ADMITTED)], ...names.map((name, kind) => [name, (i) => people.flags[i] & ADMITTED && of[i] === kind])];
    const [dx, dy] = offset(), scale = side();
    for (const [colour, belongs] of passes) {
      context.fillStyle = colour;
      context.beginPath();
      for (let i = 0; i < people.n; i++) {
        if (!belongs(i)) continue;
        const x = (people.x[i] - left) * scale + dx, y = (people.y[i] - top) * scale + dy;
        if (x < -size || y < -size || x > width + size || y > height + size) continue;
        if (round) {
          context.moveTo(x + size / 2, y);
          context.arc(x, y, size / 2, 0, 7);
        } else context.fillRect(x - size / 2, y - size / 2, size, size);
      }
      context.fill();
    }
    const rings = (belongs, colour, radius, thick) => {
      context.strokeStyle = colour;
      context.lineWidth = thick;
      for (let i = 0; i < people.n; i++) {
        if (!belongs(i)) continue;
        context.beginPath();
        context.arc(across(i), down(i), radius, 0, 7);
        context.stroke();
      }
    };
    rings((i) => people.flags[i] & NEAR, accent, size / 2 + 3, 1.5);
    rings((i) => kept.has(i), ink, size / 2 + 3, 2);
    rings((i) => people.flags[i] & ASKED, accent, size / 2 + 7, 3);
    if (at >= 0) rings((i) => i === at, ink, size / 2 + 5, 2);
    canvas.dataset.drawn = `${people.n} ${Math.round(performance.now() - started)}`;
  }

  function under(x, y) {
    const [dx, dy] = offset(), px = (x - dx) / side() + left, py = (y - dy) / side() + top, reach = REACH / side();
    const clip = (value) => Math.max(0, Math.min(CELL - 1, Math.floor(value * CELL)));
    let best = -1, least = reach * reach;
    for (let row = clip(py - reach); row <= clip(py + reach); row++)
      for (let column = clip(px - reach); column <= clip(px + reach); column++)
        for (const i of grid[row * CELL + column]) {
          const apart = (people.x[i] - px) ** 2 + (people.y[i] - py) ** 2;
          // whom the filter leaves out is found where nobody else is
          const cost = people.flags[i] & ADMITTED ? apart : apart * 4;
          if (cost < least) { least = cost; best = i; }
        }
    return best;
  }

  async function who(i) {
    if (!known.has(i)) {
      const asked = fetch(`${box.dataset.person}?${new URLSearchParams({ n: i, g: people.generation })}`);
      known.set(i, asked.then((answer) => {
        if (answer.status === 409) load();
        return answer.ok ? answer.json() : null;
      }, () => null));
    }
    return known.get(i);
  }

  let asking = 0;
  async function point(i, aloud = false) {
    at = i;
    canvas.classList.toggle("on-point", i >= 0);
    draw();
    clearTimeout(asking);
    if (i < 0) return void (tip.hidden = true);
    asking = setTimeout(async () => {
      const one = await who(i);
      if (at !== i || !one) return;
      const name = document.createElement("strong");
      name.textContent = one.name;
      tip.replaceChildren(name, [one.title, one.location].filter(Boolean).join(" · "));
      tip.hidden = false;
      const x = Math.max(4, Math.min(across(i) + 14, canvas.clientWidth - tip.offsetWidth - 4));
      const y = Math.max(4, Math.min(down(i) + 14, canvas.clientHeight - tip.offsetHeight - 4));
      tip.className = "plane-tip";
      Object.assign(tip.style, { left: `${x}px`, top: `${y}px` });
      said.textContent = aloud ? `${one.name}${one.title ? `, ${one.title}` : ""}` : "";
    }, aloud ? 0 : 40);
  }

  async function open(i) {
    const one = i >= 0 && (await who(i));
    if (one) location.assign(box.dataset.profile + encodeURIComponent(one.id));
  }

  function look(i, closer) {
    zoom = closer;
    left = people.x[i] - 0.5 / zoom;
    top = people.y[i] - 0.5 / zoom;
  }

  function zoomed(times, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
    const [dx, dy] = offset(), px = (x - dx) / side() + left, py = (y - dy) / side() + top;
    zoom = times ? Math.max(1, Math.min(200, zoom * times)) : 1;
    if (zoom === 1) left = top = 0;
    else { left = px - (x - dx) / side(); top = py - (y - dy) / side(); }
    tip.hidden = true;
    draw();
  }

  function moved(x, y) {
    left -= x / side();
    top -= y / side();
    tip.hidden = true;
    draw();
  }

  const fingers = new Map();
  let travelled = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    travelled = fingers.size > 1 ? Infinity : 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!people) return;
    const before = fingers.get(event.pointerId), now = [event.offsetX, event.offsetY];
    if (!before) return void point(under(...now));
    if (fingers.size === 1) {
      travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (travelled > 4) moved(now[0] - before[0], now[1] - before[1]);
    } else {
      const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
      const apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]) || 1;
      zoomed(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    }
    fingers.set(event.pointerId, now);
  });
  canvas.addEventListener("pointerup", (event) => {
    fingers.delete(event.pointerId);
    if (!people || travelled > 4) return;
    const i = under(event.offsetX, event.offsetY);
    // a finger has no hover: its first touch tells, its second opens
    if (event.pointerType === "touch" && i !== at) point(i, true);
    else open(i);
  });
  for (const kind of ["pointercancel", "pointerleave"]) canvas.addEventListener(kind, (event) => {
    fingers.delete(event.pointerId);
    if (event.pointerType !== "touch") point(-1);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomed(Math.exp(-event.deltaY / 300), event.offsetX, event.offsetY);
  }, { passive: false });
  for (const button of box.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoomed(Number(button.dataset.zoom)));

  // from person to person: to the nearest that was not visited yet, and back
  const visited = [];
  function next() {
    const from = at >= 0 ? [people.x[at], people.y[at]] : [left + 0.5 / zoom, top + 0.5 / zoom], been = new Set(visited);
    let best = -1, least = Infinity;
    for (let i = 0; i < people.n; i++) {
      if (!(people.flags[i] & ADMITTED) || been.has(i)) continue;
      const apart = (people.x[i] - from[0]) ** 2 + (people.y[i] - from[1]) ** 2;
      if (apart < least) { least = apart; best = i; }
    }
    if (best >= 0) visited.push(best);
    return best;
  }

  canvas.addEventListener("keydown", (event) => {
    if (!people || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = 60, keys = {
      ArrowLeft: () => moved(step, 0), ArrowRight: () => moved(-step, 0), ArrowUp: () => moved(0, step), ArrowDown: () => moved(0, -step),
      "+": () => zoomed(1.5), "=": () => zoomed(1.5), "-": () => zoomed(1 / 1.5), 0: () => zoomed(0),
      n: () => arrive(next()), p: () => { visited.pop(); arrive(visited.at(-1) ?? -1); },
      Enter: () => open(at), Escape: () => { visited.length = 0; point(-1); said.textContent = ""; },
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  function arrive(i) {
    if (i >= 0 && (across(i) < 0 || down(i) < 0 || across(i) > canvas.clientWidth || down(i) > canvas.clientHeight)) look(i, zoom);
    point(i, true);
  }

  // those on the shortlist of this browser have a ring
  async function mark() {
    const ids = typeof shortlist === "undefined" || !shortlist ? [] : shortlist.read().people.map((one) => one.id);
    const found = new Set();
    for (let first = 0; first < ids.length; first += 100) {
      const asked = new URLSearchParams([["g", people.generation], ...ids.slice(first, first + 100).map((id) => ["id", id])]);
      const answer = await fetch(`${box.dataset.where}?${asked}`);
      if (answer.ok) for (const number of Object.values(await answer.json())) found.add(number);
    }
    kept = found;
    const legend = document.querySelector(".shortlisted");
    if (legend) legend.hidden = !kept.size;
    draw();
  }

  addEventListener("storage", () => people && mark());
  document.addEventListener("swapped", load);
  new ResizeObserver(draw).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  load();
})();

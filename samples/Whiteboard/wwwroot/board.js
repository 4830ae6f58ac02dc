// The page of one participant. It paints what the group has delivered, and on top of it what was drawn here and is still
// on its way. The picture is painted anew from all strokes, in the order of their depth: so it is the same everywhere, to
// the last pixel, however the pieces came.
const colors = ["#23262b", "#c2410c", "#d99a00", "#15803d", "#0369a1", "#7c3aed", "#db2777"];
const sendEveryMs = 40;
const pointsPerPiece = 500;

const canvas = document.querySelector("#board");
const pen = canvas.getContext("2d");
const hint = document.querySelector("#hint");
const state = document.querySelector("#state");
const width = document.querySelector("#width");

let strokes = [];       // Delivered, the lowest first.
let drawing = null;     // The stroke under the pen.
let pending = [];       // Strokes drawn here that have not all come back yet.
let sending = Promise.resolve();
let isDirty = true;

function paint(stroke, points) {
  pen.strokeStyle = pen.fillStyle = stroke.color;
  pen.lineWidth = stroke.width;
  pen.beginPath();
  if (points.length === 2) {
    pen.arc(points[0], points[1], stroke.width / 2, 0, 2 * Math.PI);
    pen.fill();
    return;
  }
  pen.moveTo(points[0], points[1]);
  for (let i = 2; i < points.length; i += 2) pen.lineTo(points[i], points[i + 1]);
  pen.stroke();
}

function repaint() {
  if (isDirty) {
    isDirty = false;
    pen.fillStyle = "#fffefb";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of strokes) paint(stroke, stroke.points);
    for (const stroke of pending) paint(stroke, stroke.points);
    canvas.dataset.strokes = strokes.length;
    canvas.dataset.pending = pending.length;
    hint.hidden = strokes.length + pending.length > 0;
  }
  requestAnimationFrame(repaint);
}

function isAbove(one, other) {
  return one.depth !== other.depth ? one.depth > other.depth : one.id > other.id;
}

function addPiece(piece) {
  let stroke = strokes.find(s => s.id === piece.stroke);
  if (!stroke) {
    stroke = { id: piece.stroke, depth: piece.depth ?? 0, color: piece.color, width: piece.width, points: [] };
    const above = strokes.findIndex(s => isAbove(s, stroke));
    strokes.splice(above < 0 ? strokes.length : above, 0, stroke);
  }
  stroke.points.push(...piece.points);
  settle(stroke);
  isDirty = true;
}

// What was drawn here is painted as pending until all of it has come back.
function settle(stroke) {
  pending = pending.filter(p => p.id !== stroke.id || !p.isDone || stroke.points.length < p.sent);
}

function listen() {
  const events = new EventSource("events");
  const on = (name, act) => events.addEventListener(name, e => act(JSON.parse(e.data)));
  events.onopen = () => show("live", "live");
  events.onerror = () => show("waiting", "connecting");
  on("picture", picture => {
    strokes = picture.strokes ?? [];
    drawing = null;
    pending = [];
    isDirty = true;
    showPeople(picture.people ?? {});
  });
  on("piece", addPiece);
  on("people", showPeople);
}

function show(name, text) {
  state.dataset.state = name;
  state.textContent = text;
}

function showPeople(people) {
  const items = Object.entries(people).map(([id, name]) => {
    const item = document.createElement("li");
    const mark = document.createElement("b");
    mark.textContent = [...name][0] ?? "?";
    mark.style.background = colors[parseInt(id.slice(0, 6), 16) % colors.length];
    item.append(mark, name);
    return item;
  });
  document.querySelector("#people").replaceChildren(...items);
}

function where(event) {
  const box = canvas.getBoundingClientRect();
  const clamp = (value, max) => Math.max(0, Math.min(max, Math.round(value)));
  return [
    clamp((event.clientX - box.left) * canvas.width / box.width, canvas.width),
    clamp((event.clientY - box.top) * canvas.height / box.height, canvas.height),
  ];
}

function post(path, body) {
  sending = sending
    .then(() => fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }))
    .catch(() => show("waiting", "this board's program is gone"));
  return sending;
}

function sendPiece() {
  const stroke = drawing;
  while (stroke && stroke.unsent.length > 0) {
    const points = stroke.unsent.splice(0, pointsPerPiece);
    stroke.sent += points.length;
    post("pieces", { stroke: stroke.id, color: stroke.color, width: stroke.width, points });
  }
}

function extend(point) {
  drawing.points.push(...point);
  drawing.unsent.push(...point);
  isDirty = true;
}

canvas.addEventListener("pointerdown", event => {
  if (event.button !== 0) return;
  canvas.setPointerCapture(event.pointerId);
  drawing = {
    id: crypto.getRandomValues(new Uint32Array(3)).reduce((text, n) => text + n.toString(16).padStart(8, "0"), ""),
    color: document.querySelector("#colors input:checked").value,
    width: Number(width.value),
    points: [], unsent: [], sent: 0, isDone: false,
  };
  pending.push(drawing);
  extend(where(event));
});

canvas.addEventListener("pointermove", event => {
  if (!drawing) return;
  for (const one of event.getCoalescedEvents?.() ?? [event]) extend(where(one));
});

for (const end of ["pointerup", "pointercancel"]) {
  canvas.addEventListener(end, () => {
    if (!drawing) return;
    sendPiece();
    drawing.isDone = true;
    const delivered = strokes.find(s => s.id === drawing.id);
    if (delivered) settle(delivered);
    drawing = null;
    isDirty = true;
  });
}

setInterval(sendPiece, sendEveryMs);
document.querySelector("#wipe").addEventListener("click", () => post("wipe", {}));

function showPen() {
  const dot = document.querySelector("#dot");
  dot.style.setProperty("--pen", `${Math.max(3, Math.min(26, width.value * .65))}px`);
  dot.style.setProperty("--pen-color", document.querySelector("#colors input:checked").value);
}

document.querySelector("#colors").append(...colors.map((color, i) => {
  const choice = Object.assign(document.createElement("input"), { type: "radio", name: "color", value: color, checked: i === 0 });
  choice.style.setProperty("--swatch", color);
  choice.setAttribute("aria-label", color);
  return choice;
}));
document.querySelector("#tools").addEventListener("input", showPen);
document.querySelector("#tools").addEventListener("submit", event => event.preventDefault());
showPen();
listen();
repaint();

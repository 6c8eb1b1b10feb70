"use strict";
// Asks for what has changed twice a second, and draws it. All figures are the server's.

const PERIOD_MS = 500;
const KEPT_SAMPLES = 1200;
const SHOWN_SESSIONS = 100;
const NANOS_PER_MICRO = 1000;

const byId = (id) => document.getElementById(id);
const grouped = (n) => n.toLocaleString("en-US");

const TOTALS = [
  ["sessions", "sessions"],
  ["in_flight", "in flight"],
  ["calls", "calls"],
  ["completed_inline", "ended at once"],
  ["pending", "blocked"],
  ["missed", "missed"],
  ["false_hand_overs", "false hand-overs"],
  ["refused", "refused"],
  ["workers", "workers"],
  ["descriptors", "descriptors"],
];

const times = [];
const inFlight = [];
const perSecond = [];
let timeline;
let handOver;

function width() {
  return byId("timeline").clientWidth;
}

function makeTimeline() {
  timeline = new uPlot({
    width: width(),
    height: 220,
    series: [
      {},
      { label: "in flight", stroke: "#b3541e", fill: "#b3541e22", paths: uPlot.paths.stepped({ align: 1 }) },
      { label: "calls a second", stroke: "#3f7fbf", scale: "rate" },
    ],
    scales: { y: { range: (u, min, max) => [0, Math.max(4, max)] }, rate: { range: (u, min, max) => [0, Math.max(10, max)] } },
    axes: [{}, { size: 60 }, { scale: "rate", side: 1, size: 80, grid: { show: false } }],
  }, [times, inFlight, perSecond], byId("timeline"));
}

function makeHandOver() {
  handOver = new uPlot({
    width: width(),
    height: 200,
    scales: { x: { time: false, distr: 3, log: 2 }, y: { range: (u, min, max) => [0, Math.max(4, max)] } },
    series: [
      { label: "up to µs" },
      { label: "calls", stroke: "#3f7fbf", fill: "#3f7fbf88", paths: uPlot.paths.bars({ size: [0.9, 60], align: -1 }) },
    ],
    axes: [{ values: (u, ticks) => ticks.map((t) => (t === null ? "" : String(t))) }, { size: 60 }],
  }, [[1], [0]], byId("handover"));
}

function showTotals(totals) {
  const section = byId("totals");
  if (!section.children.length) {
    for (const [key, name] of TOTALS) {
      const tile = document.createElement("div");
      const figure = document.createElement("b");
      figure.id = `total-${key}`;
      tile.append(figure, name);
      section.append(tile);
    }
  }
  for (const [key] of TOTALS) {
    const figure = byId(`total-${key}`);
    figure.textContent = grouped(totals[key]);
    figure.dataset.value = totals[key];
  }
}

function addSamples(samples) {
  for (let i = 0; i < samples.time.length; i++) {
    times.push(samples.time[i] / 1000);
    inFlight.push(samples.in_flight[i]);
    perSecond.push(samples.calls_per_second[i]);
  }
  for (const series of [times, inFlight, perSecond]) {
    series.splice(0, Math.max(0, series.length - KEPT_SAMPLES));
  }
  timeline.setData([times, inFlight, perSecond]);
  byId("timeline").dataset.samples = times.length;
  byId("timeline").dataset.last = times.length ? times[times.length - 1] : 0;
  byId("timeline").dataset.most = inFlight.length ? Math.max(...inFlight) : 0;
}

// From 1 µs to 1 ms, and beyond where there is something to be seen.
function worthShowing(buckets) {
  const counted = buckets.filter((b) => b.calls > 0).map((b) => b.up_to_nanos);
  const least = Math.min(NANOS_PER_MICRO, ...counted);
  const most = Math.max(NANOS_PER_MICRO * NANOS_PER_MICRO, ...counted);
  return buckets.filter((b) => b.up_to_nanos >= least && b.up_to_nanos <= 2 * most);
}

function showHandOver(buckets) {
  const shown = worthShowing(buckets);
  handOver.setData([
    shown.map((b) => b.up_to_nanos / NANOS_PER_MICRO),
    shown.map((b) => b.calls),
  ]);
  byId("handover").dataset.calls = buckets.reduce((sum, b) => sum + b.calls, 0);
}

function cell(row, content) {
  const td = row.insertCell();
  td.append(content);
}

function ring(session) {
  const used = session.posted - session.consumed;
  const box = document.createElement("span");
  box.className = "ring";
  box.title = `${used} of ${session.elements}`;
  const bar = document.createElement("i");
  bar.style.width = `${Math.min(100, (100 * used) / session.elements)}%`;
  box.append(bar);
  return box;
}

function showSessions(sessions) {
  const body = byId("sessions");
  body.replaceChildren();
  for (const session of sessions.slice(0, SHOWN_SESSIONS)) {
    const row = body.insertRow();
    row.dataset.calls = session.calls;
    for (const value of [String(session.id), session.peer, grouped(session.in_flight), ring(session),
      grouped(session.calls), grouped(session.pending), grouped(session.refused),
      grouped(session.descriptors), session.connected ? "" : "away"]) {
      cell(row, value);
    }
  }
  const more = sessions.length - SHOWN_SESSIONS;
  byId("more").textContent = more > 0 ? `and ${grouped(more)} more` : "";
}

function about(call) {
  const fd = call.descriptor >= 0 ? `fd ${call.descriptor}` : "";
  return call.path === null ? fd : [fd, call.path].filter(Boolean).join(" ");
}

function showSleeping(calls) {
  const body = byId("sleeping");
  body.replaceChildren();
  for (const call of calls) {
    const row = body.insertRow();
    for (const value of [String(call.session), String(call.caller_data), call.name, about(call), `${(call.millis / 1000).toFixed(1)} s`]) {
      cell(row, value);
    }
  }
}

function showHealth(text, good) {
  byId("health").textContent = text;
  byId("health").className = good ? "" : "bad";
}

async function refresh() {
  try {
    const since = times.length ? Math.round(times[times.length - 1] * 1000) : 0;
    const answer = await fetch(`state.json?since=${since}`, { cache: "no-store" });
    const { state, samples } = await answer.json();
    showHealth(state.status, state.healthy);
    byId("about").textContent = `root ${state.root}, up ${grouped(state.uptime_seconds)} s, detector ${state.detector}`;
    showTotals(state.totals);
    addSamples(samples);
    showHandOver(state.hand_over);
    showSessions(state.sessions);
    showSleeping(state.sleeping);
    document.body.dataset.refreshed = Number(document.body.dataset.refreshed || 0) + 1;
  } catch (e) {
    showHealth("no answer from the server", false);
  }
  setTimeout(refresh, PERIOD_MS);
}

addEventListener("resize", () => {
  timeline.setSize({ width: width(), height: 220 });
  handOver.setSize({ width: width(), height: 200 });
});
makeTimeline();
makeHandOver();
refresh();

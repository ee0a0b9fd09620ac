// What the page does with a verdict. All texts come from words.json; nothing of the file is ever HTML.

const WORDS = JSON.parse(document.getElementById("words").textContent);
const at = (id) => document.getElementById(id);

function made(name, text_, ...inner) {
  const element = document.createElement(name);
  if (text_) element.textContent = text_;
  element.append(...inner);
  return element;
}

function moment(stated) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(stated)) return String(stated ?? "");
  return new Date(stated).toLocaleString("vi-VN", {
    timeZone: "Asia/Ho_Chi_Minh", day: "2-digit", month: "2-digit", year: "numeric",
    hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  });
}

const grouped = (fingerprint) => fingerprint.match(/.{1,4}/g).join(" ");

function verdictOf({ bundle, holds: all, isSure, steps }) {
  if (!bundle) return "unreadable";
  if (!all) return "failed";
  if (!isSure) return "unsure";
  return steps.signature[0] === "own-key" ? "own-key" : "holds";
}

function stepLine([step, [outcome, reason]]) {
  const said = WORDS.said[[step, outcome, reason].filter(Boolean).join(".")];
  const line = made("li", "", made("strong", `${WORDS.steps[step]}: ${WORDS.outcomes[outcome]}`), made("span", said));
  Object.assign(line.dataset, { step, outcome, reason });
  return line;
}

function entryLine(number, entry) {
  if (!entry.body) {
    const line = made("li", `Mục ${number}: không thuộc phần ông/bà được đọc; chỉ có dấu vân tay.`);
    line.className = "hidden-entry";
    return line;
  }
  const told = isObject(entry.told) ? entry.told : {};
  const raw = new TextDecoder().decode(entry.body);
  const deed = Object.hasOwn(WORDS.deeds, told.deed) ? WORDS.deeds[told.deed] : String(told.deed ?? "");
  return made(
    "li", "",
    made("p", "", made("strong", `Mục ${number}: ${deed}`)),
    made("p", [moment(told.at), told.actor_name].filter(Boolean).join(" – ")),
    made("details", "", made("summary", `Nguyên văn mục ${number}`), made("pre", raw)),
  );
}

function marks(bundle) {
  const found = [
    ["Nhật ký", bundle.checkpoint.origin],
    ["Số mục trong nhật ký khi chốt", String(bundle.checkpoint.size)],
    ["Dấu vân tay của chuỗi, tới mục cuối ở trên", grouped(hex(bundle.head))],
  ];
  const [, ...date] = /^(....)(..)(..)(..)(..)(..)/.exec(bundle.stamp?.at ?? "") ?? [];
  if (date.length) {
    const [year, month, day, hour, minute, second] = date;
    const stated = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
    found.push(["Lúc ghi trong dấu thời gian", moment(stated)]);
  }
  for (const key of bundle.keys) {
    const whose = key.kind === ED25519 ? "Khóa của nhật ký" : "Khóa của bên chứng kiến";
    found.push([`${whose} ${key.name}`, grouped(key.fingerprint)]);
  }
  return found.flatMap(([name, value]) => [made("dt", name), made("dd", value)]);
}

function show(verdict, milliseconds) {
  const { bundle, steps } = verdict, name = verdictOf(verdict), result = at("result");
  Object.assign(result.dataset, { verdict: name, milliseconds: milliseconds.toFixed(1) });
  at("verdict").textContent = WORDS.verdicts[name];
  at("said").textContent = WORDS.verdicts[`${name}.said`];
  at("readable").hidden = !bundle;
  at("steps").replaceChildren(...Object.entries(steps).map(stepLine));
  at("subject").textContent = bundle?.subject ?? "";
  at("entries").replaceChildren(
    ...(bundle?.entries ?? []).map((entry, place) => entryLine(bundle.first + place, entry)),
  );
  at("marks").replaceChildren(...(bundle ? marks(bundle) : []));
  result.hidden = false;
  result.focus();
}

async function judge(file) {
  let trusted = [];
  at("result").hidden = true;
  at("keys-error").textContent = "";
  try {
    trusted = await parseTrusted(at("keys").value);
  } catch {
    at("keys-error").textContent = "Có dòng không phải là khóa. Xin chép lại nguyên dòng đã công bố.";
    at("keys").closest("details").open = true;
    at("keys").focus();
    return;
  }
  const bytes = new Uint8Array(await file.slice(0, MOST_BYTES + 1).arrayBuffer());
  const start = performance.now();
  show(await check(bytes, trusted), performance.now() - start);
}

if (!globalThis.crypto?.subtle) {
  at("no-crypto").hidden = false;
  at("form").hidden = true;
}
at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const [file] = at("file").files;
  if (file) judge(file);
  else at("file").focus();
});
at("file").addEventListener("change", () => at("file").files[0] && judge(at("file").files[0]));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  at("file").files = event.dataTransfer.files;
  judge(event.dataTransfer.files[0]);
});

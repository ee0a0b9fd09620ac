"use strict";
// Judges a proof as docs/proof-format.md says, step by step as motcua/tlog/verdict.py does.

class Malformed extends Error {}

const MOST = Number.MAX_SAFE_INTEGER;
const MOST_BYTES = 1024 * 1024, MOST_NOTE_BYTES = 64 * 1024, MOST_LINES = 64, MOST_DEPTH = 64;
const HEADER = "motcua-entry/1\n", FIRST_PREV = new Uint8Array(32);
const ED25519 = 1, COSIGNATURE = 4;
const UNNAMABLE = /[\x00-\x20+\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;
const FIELDS = "format version subject first prev entries head proof checkpoint timestamp keys";

// ---- bytes

const utf8 = (text) => {
  if (/\p{Surrogate}/u.test(text)) throw new Malformed("not a text");
  return new TextEncoder().encode(text);
};
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (left, right) =>
  left.length === right.length && left.every((byte, at) => byte === right[at]);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64(text, length) {
  if (typeof text !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4)
    throw new Malformed("not base64");
  const spelled = atob(text);
  if (btoa(spelled) !== text) throw new Malformed("not the one way to write base64");
  const bytes = Uint8Array.from(spelled, (letter) => letter.charCodeAt(0));
  if (length !== undefined && bytes.length !== length) throw new Malformed("another length");
  return bytes;
}

const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
const leafHash = (leaf) => sha256([0], leaf);
const nodeHash = (left, right) => sha256([1], left, right);

// ---- the file

const depth = (value) =>
  value !== null && typeof value === "object"
    ? 1 + Object.values(value).reduce((most, inner) => Math.max(most, depth(inner)), 0)
    : 0;

function readJson(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value = JSON.parse(text);
    if (depth(value) <= MOST_DEPTH) return value;
  } catch { /* told below */ }
  throw new Malformed("not JSON");
}

const isObject = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function fields(value, names) {
  if (!isObject(value) || Object.keys(value).sort().join() !== names.split(" ").sort().join())
    throw new Malformed(`exactly these: ${names}`);
  return value;
}

function count(value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new Malformed("not a count");
  return value;
}

function text(value) {
  if (typeof value !== "string") throw new Malformed("not a text");
  utf8(value);
  return value;
}

function list(value) {
  if (!Array.isArray(value)) throw new Malformed("not a list");
  return value;
}

async function parseBundle(bytes) {
  if (bytes.length > MOST_BYTES) throw new Malformed("too long for a proof");
  const found = fields(readJson(bytes), FIELDS);
  if (found.format !== "motcua-proof" || count(found.version) !== 1)
    throw new Malformed("another format");
  const note = parseNote(text(found.checkpoint));
  const bundle = {
    subject: text(found.subject),
    first: count(found.first),
    prev: base64(found.prev, 32),
    entries: [],
    head: base64(found.head, 32),
    proof: list(found.proof).map((hash) => base64(hash, 32)),
    note,
    checkpoint: parseCheckpoint(note.text),
    token: found.timestamp === null ? null : base64(found.timestamp),
    keys: [],
  };
  for (const entry of list(found.entries)) bundle.entries.push(await parseEntry(entry));
  for (const key of list(found.keys)) bundle.keys.push(await parseOwnKey(key));
  if (!bundle.first || bundle.first + bundle.entries.length > MOST)
    throw new Malformed("not the number of an entry");
  if (!bundle.entries.some((entry) => entry.body)) throw new Malformed("no entry to read");
  return bundle;
}

async function parseEntry(found) {
  if (isObject(found) && Object.hasOwn(found, "leaf")) {
    fields(found, "index leaf");
    return { index: count(found.index), leaf: base64(found.leaf, 32) };
  }
  fields(found, "index body salt");
  const body = base64(found.body), salt = base64(found.salt, 16);
  return { index: count(found.index), body, leaf: await leafHash(joined(utf8(HEADER), salt, body)) };
}

async function parseOwnKey(found) {
  fields(found, "vkey fingerprint");
  const key = await parseKey(text(found.vkey));
  if (found.fingerprint !== key.fingerprint) throw new Malformed("not its fingerprint");
  return key;
}

// ---- notes, checkpoints, keys

function checkName(name) {
  if (!name || UNNAMABLE.test(name)) throw new Malformed("not the name of a key");
  return name;
}

function parseNote(signed) {
  const gap = signed.lastIndexOf("\n\n");
  const lines = signed.slice(gap + 2).split("\n");
  if (utf8(signed).length > MOST_NOTE_BYTES || /[\x00-\x09\x0b-\x1f]/.test(signed))
    throw new Malformed("not a note");
  if (gap < 0 || lines.pop() !== "" || !lines.length || lines.length > MOST_LINES)
    throw new Malformed("a text, an empty line and signature lines");
  return { text: signed.slice(0, gap + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line) {
  const match = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line);
  if (!match) throw new Malformed("not a signature line");
  const blob = base64(match[2]);
  if (blob.length <= 4) throw new Malformed("an empty signature");
  return { name: checkName(match[1]), id: hex(blob.slice(0, 4)), blob: blob.slice(4) };
}

function parseCheckpoint(note) {
  const lines = note.split("\n");
  if (lines.length < 4 || lines.pop() !== "" || !lines.every(Boolean))
    throw new Malformed("three lines or more, none of them empty");
  const [origin, size, root] = lines;
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size)) throw new Malformed("not a size");
  return { origin, size: count(Number(size)), root: base64(root, 32) };
}

async function parseKey(vkey) {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([^ ]+)$/.exec(vkey);
  if (!match) throw new Malformed("not the line of a key");
  const name = checkName(match[1]), key = base64(match[3], 33), kind = key[0];
  const fingerprint = hex(await sha256(utf8(name), [10], key));
  if (![ED25519, COSIGNATURE].includes(kind) || !fingerprint.startsWith(match[2]))
    throw new Malformed("not this key");
  return { name, kind, public: key.slice(1), id: match[2], fingerprint };
}

async function parseTrusted(text_) {
  const lines = text_.split("\n").map((line) => line.trim());
  const known = [];
  for (const line of lines.filter((each) => each && !each.startsWith("#"))) {
    const [vkey, ...limits] = line.split(/\s+/);
    if (limits.length > 2 || !limits.every((each) => /^[0-9]+$/.test(each)))
      throw new Malformed("a key, and from which size to which size it holds");
    const [least = 0, most = MOST] = limits.map(Number);
    known.push({ key: await parseKey(vkey), least, most });
  }
  return known;
}

let canSign; // whether this browser knows Ed25519 at all
async function knowsEd25519() {
  canSign ??= crypto.subtle
    .importKey("raw", base64("1zIi2UP0AK2xYkRTVgZKQXUL8r3lXJ1TcwO1W1ZQGlE="), "Ed25519", false, ["verify"])
    .then(() => true, () => false);
  return canSign;
}

async function holds(key, signature, message) {
  try {
    const imported = await crypto.subtle.importKey("raw", key.public, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, signature, message);
  } catch {
    return false;
  }
}

const linesOf = (note, key) =>
  note.signatures.filter((line) => line.name === key.name && line.id === key.id);

async function isSignedBy(note, key) {
  const lines = linesOf(note, key);
  for (const line of lines)
    if (!(await holds(key, line.blob, utf8(note.text)))) return false;
  return lines.length > 0;
}

async function cosignedAt(note, key) {
  let latest = null;
  for (const { blob } of linesOf(note, key)) {
    if (blob.length !== 72) return null;
    const at = new DataView(blob.buffer, blob.byteOffset).getBigUint64(0);
    const message = utf8(`cosignature/v1\ntime ${at}\n${note.text}`);
    if (at >> 63n || !(await holds(key, blob.slice(8), message))) return null;
    if (latest === null || at > latest) latest = at;
  }
  return latest;
}

// ---- the tree

async function checkBatch(leaves, size, root, proof) {
  const chosen = [...leaves.keys()].sort((one, other) => one - other);
  if (!chosen.length || chosen.at(-1) >= size || proof.length > chosen.length * 53) return false;
  let used = 0;
  const top = async (low, high, within) => {
    if (!within.length) return proof[used++];
    if (high - low === 1) return leaves.get(low);
    let half = 1;
    while (half * 2 < high - low) half *= 2;
    const left = await top(low, low + half, within.filter((index) => index < low + half));
    const right = await top(low + half, high, within.filter((index) => index >= low + half));
    return left && right && nodeHash(left, right);
  };
  const found = await top(0, size, chosen);
  return Boolean(found) && used === proof.length && same(found, root);
}

// ---- the time stamp: DER, only as far as the fingerprint and the moment

const SIGNED_DATA = "2a864886f70d010702", STAMP_INFO = "2a864886f70d0109100104";
const SHA256 = "608648016503040201";

function values(content) {
  const found = [];
  for (let at = 0; at < content.length; ) {
    const tag = content[at], first = content[at + 1] ?? 0x80;
    let length = first, start = at + 2;
    if (first >= 0x80) {
      const wide = first & 0x7f;
      if (wide < 1 || wide > 3 || start + wide > content.length) throw new Malformed("a length");
      length = content.slice(start, start + wide).reduce((sum, byte) => sum * 256 + byte, 0);
      start += wide;
    }
    if (start + length > content.length) throw new Malformed("cut off");
    found.push([tag, content.slice(start, start + length)]);
    at = start + length;
  }
  return found;
}

function parts(content, ...tags) {
  const found = values(content);
  if (!tags.every((tag, at) => found[at]?.[0] === tag)) throw new Malformed("built otherwise");
  return tags.map((_, at) => found[at][1]);
}

function only(content, tag) {
  if (values(content).length !== 1) throw new Malformed("something behind it");
  return parts(content, tag)[0];
}

function readStamp(token) {
  const [kind, wrapped] = parts(only(token, 0x30), 0x06, 0xa0);
  const [, , content] = parts(only(wrapped, 0x30), 0x02, 0x31, 0x30);
  const [innerKind, inner] = parts(content, 0x06, 0xa0);
  if (hex(kind) !== SIGNED_DATA || hex(innerKind) !== STAMP_INFO) throw new Malformed("no stamp");
  const [, , imprint, , at] = parts(only(only(inner, 0x04), 0x30), 0x02, 0x06, 0x30, 0x02, 0x18);
  const [algorithm, digest] = parts(imprint, 0x30, 0x04);
  const moment = String.fromCharCode(...at);
  if (hex(parts(algorithm, 0x06)[0]) !== SHA256 || digest.length !== 32)
    throw new Malformed("not over a SHA-256");
  if (!/^[\x00-\x7f]{14,24}Z$/.test(moment)) throw new Malformed("no time");
  return { imprint: digest, at: moment };
}

// ---- the steps

const ok = ["ok", ""], failed = (reason) => ["failed", reason];

function content(bundle) {
  for (const [at, entry] of bundle.entries.entries()) {
    if (!entry.body) continue;
    try {
      entry.told = readJson(entry.body);
    } catch {
      return failed("unreadable");
    }
    if (!isObject(entry.told)) return failed("unreadable");
    if (entry.told.subject !== bundle.subject) return failed("subject");
    if (entry.told.seq !== bundle.first + at) return failed("number");
  }
  return ok;
}

async function chain(bundle) {
  const indexes = bundle.entries.map((entry) => entry.index);
  if (bundle.first === 1 && !same(bundle.prev, FIRST_PREV)) return failed("prev");
  if (indexes.some((index, at) => at && index <= indexes[at - 1])) return failed("order");
  let head = bundle.prev;
  for (const entry of bundle.entries) head = await nodeHash(head, entry.leaf);
  return same(head, bundle.head) ? ok : failed("head");
}

async function inclusion(bundle) {
  const leaves = new Map(bundle.entries.map((entry) => [entry.index, entry.leaf]));
  const { size, root } = bundle.checkpoint;
  return (await checkBatch(leaves, size, root, bundle.proof)) ? ok : failed("proof");
}

async function signature(bundle, trusted) {
  const own = bundle.keys.filter((key) => key.kind === ED25519);
  const given = trusted.length ? trusted : own.map((key) => ({ key, least: 0, most: MOST }));
  const { origin, size } = bundle.checkpoint;
  const named = given.filter((each) => each.key.name === origin);
  if (!named.length) return failed("unknown");
  if (!(await knowsEd25519())) return ["unsure", ""];
  const signers = [];
  for (const each of named) if (await isSignedBy(bundle.note, each.key)) signers.push(each);
  if (!signers.length) return failed("signature");
  if (!signers.some((each) => each.least <= size && size <= each.most)) return failed("retired");
  return trusted.length ? ok : ["own-key", ""];
}

async function witness(bundle, trusted) {
  const own = bundle.keys.filter((key) => key.kind === COSIGNATURE), size = bundle.checkpoint.size;
  if (!trusted.length && !own.length) return ["absent", ""];
  if (!(await knowsEd25519())) return ["unsure", ""];
  if (trusted.length) {
    for (const each of trusted)
      if (each.least <= size && size <= each.most && (await cosignedAt(bundle.note, each.key)) !== null)
        return ok;
    return failed("unknown");
  }
  for (const key of own) if ((await cosignedAt(bundle.note, key)) === null) return failed("signature");
  return ["own-key", ""];
}

async function stamped(bundle) {
  if (bundle.token === null) return ["absent", ""];
  try {
    bundle.stamp = readStamp(bundle.token);
  } catch {
    return failed("unreadable");
  }
  return same(bundle.stamp.imprint, await sha256(utf8(bundle.note.text))) ? ok : failed("imprint");
}

// The verdict on the bytes of a file: its steps, or none when it is no proof.
async function check(bytes, trusted = []) {
  let bundle;
  try {
    bundle = await parseBundle(bytes);
  } catch (error) {
    if (error instanceof Malformed) return { holds: false, steps: {}, bundle: null };
    throw error;
  }
  const of = (kind) => trusted.filter((each) => each.key.kind === kind);
  const steps = {
    content: content(bundle),
    chain: await chain(bundle),
    inclusion: await inclusion(bundle),
    signature: await signature(bundle, of(ED25519)),
    witness: await witness(bundle, of(COSIGNATURE)),
    time: await stamped(bundle),
  };
  const outcomes = Object.values(steps).map(([outcome]) => outcome);
  const isSure = !outcomes.includes("unsure");
  return { holds: !outcomes.includes("failed"), isSure, steps, bundle };
}

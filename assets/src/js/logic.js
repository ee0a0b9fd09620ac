// Conditions of e-forms in the browser: the same fourteen operators, limits and answers as
// motcua/procedures/forms/conditions.py; a differential test holds the two together.

export const MAX_DEPTH = 12
export const MAX_NODES = 200
const MANY = 50
const ARITY = new Map(Object.entries({
  var: [1, 2], and: [1, MANY], or: [1, MANY], if: [2, MANY],
  '===': [2, 2], '!==': [2, 2], '!': [1, 1], '!!': [1, 1], in: [2, 2],
  '<': [2, 2], '<=': [2, 2], '>': [2, 2], '>=': [2, 2], len: [1, 1]
}))
const INDEX = /^(0|[1-9][0-9]{0,5})$/

/** A rule that is not in the subset, or too long to be one. */
export class ConditionError extends Error {}

/** False for null, false, 0, "" and []; everything else is true. */
export function truthy (value) {
  return !(value === null || value === undefined || value === false || value === '' || value === 0 ||
    (Array.isArray(value) && value.length === 0))
}

/** The value of `rule` for `answers`; throws ConditionError when it is no rule. */
export function evaluate (rule, answers) {
  const nodes = count(rule, 0)
  if (nodes > MAX_NODES) throw new ConditionError('quá dài')
  return valueOf(rule, answers)
}

/** Whether `rule` is true of `answers`. */
export const holds = (rule, answers) => truthy(evaluate(rule, answers))

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value)

function count (rule, depth) {
  if (depth > MAX_DEPTH) throw new ConditionError('lồng quá sâu')
  let parts = []
  if (Array.isArray(rule)) parts = rule
  else if (isObject(rule)) {
    const [operator, args] = split(rule)
    if (operator === 'var') checkVariable(args)
    else parts = args
  } else checkPlain(rule)
  return parts.reduce((sum, part) => sum + count(part, depth + 1), 1)
}

function split (rule) {
  const keys = Object.keys(rule)
  if (keys.length !== 1 || !ARITY.has(keys[0])) throw new ConditionError('phép không có trong danh sách')
  const given = rule[keys[0]]
  const args = Array.isArray(given) ? given : [given]
  const [least, most] = ARITY.get(keys[0])
  if (args.length < least || args.length > most) throw new ConditionError('sai số tham số')
  return [keys[0], args]
}

function checkVariable (args) {
  if (typeof args[0] !== 'string' || args[0] === '') throw new ConditionError('“var” cần tên')
  if (args.length > 1) {
    if (args[1] !== null && typeof args[1] === 'object') throw new ConditionError('“var” cần giá trị đơn')
    checkPlain(args[1])
  }
}

function checkPlain (value) {
  if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    throw new ConditionError('số quá lớn')
  }
}

function valueOf (rule, answers) {
  if (Array.isArray(rule)) return rule.map(item => valueOf(item, answers))
  if (!isObject(rule)) return rule
  const [operator, args] = split(rule)
  if (LAZY.has(operator)) return LAZY.get(operator)(args, answers)
  return STRICT.get(operator)(...args.map(item => valueOf(item, answers)))
}

function variable (args, answers) {
  let found = answers
  for (const part of args[0].split('.')) {
    if (Array.isArray(found)) found = INDEX.test(part) && Number(part) < found.length ? found[part] : null
    else if (isObject(found)) found = Object.hasOwn(found, part) ? found[part] : null
    else found = null
  }
  if (found === undefined) found = null
  return found === null && args.length > 1 ? args[1] : found
}

function choose (args, answers) {
  for (let place = 0; place + 1 < args.length; place += 2) {
    if (truthy(valueOf(args[place], answers))) return valueOf(args[place + 1], answers)
  }
  return args.length % 2 ? valueOf(args[args.length - 1], answers) : null
}

function until (stop) {
  return (args, answers) => {
    let value = null
    for (const item of args) {
      value = valueOf(item, answers)
      if (truthy(value) === stop) break
    }
    return value
  }
}

function same (one, other) {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, place) => same(item, other[place]))
  }
  if ((one !== null && typeof one === 'object') || (other !== null && typeof other === 'object')) return false
  return one === other
}

// Strings are compared by code points, as Python does; JavaScript alone would compare UTF-16 units.
function order (one, other) {
  if (typeof one === 'number') return one - other
  const [a, b] = [[...one], [...other]]
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = a[i].codePointAt(0) - b[i].codePointAt(0)
    if (difference) return difference
  }
  return a.length - b.length
}

function ordered (test) {
  return (one, other) => typeof one === typeof other &&
    (typeof one === 'number' || typeof one === 'string') && test(order(one, other))
}

const LAZY = new Map(Object.entries({ var: variable, and: until(false), or: until(true), if: choose }))
const STRICT = new Map(Object.entries({
  '===': same,
  '!==': (one, other) => !same(one, other),
  '!': value => !truthy(value),
  '!!': truthy,
  in: (needle, hay) => typeof hay === 'string'
    ? typeof needle === 'string' && hay.includes(needle)
    : Array.isArray(hay) && hay.some(item => same(needle, item)),
  '<': ordered(difference => difference < 0),
  '<=': ordered(difference => difference <= 0),
  '>': ordered(difference => difference > 0),
  '>=': ordered(difference => difference >= 0),
  len: value => typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : 0
}))

// The officials' keyboard (j k x / Enter ?).
// Single keys can be turned off (WCAG 2.1.4) and never fire while somebody is typing.
const OFF = 'motcua.keys.off'
const isOff = () => { try { return localStorage.getItem(OFF) === '1' } catch { return false } }
const typing = el => el.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog') !== null

const list = () => document.querySelector('table[data-inbox]')
const rows = () => { const table = list(); return table ? [...table.tBodies].flatMap(body => [...body.rows]) : [] }

function go (by) {
  const all = rows()
  const at = all.findIndex(row => row.classList.contains('is-current'))
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]
  if (!next) return
  all[at]?.classList.remove('is-current')
  next.classList.add('is-current')
  next.querySelector('a')?.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest' })
}

function count () {
  const status = document.getElementById('sel')
  const n = list()?.querySelectorAll('tbody input[type=checkbox]:checked').length || 0
  if (status) status.textContent = n ? `Đã chọn ${n} hồ sơ` : 'Chưa chọn hồ sơ nào'
}

const current = selector => list()?.querySelector(`tr.is-current ${selector}`)
const link = rel => document.querySelector(`a[rel="${rel}"]`)

const KEYS = {
  j: () => list() ? go(1) : link('next')?.click(),
  k: () => list() ? go(-1) : link('prev')?.click(),
  x: () => { const box = current('input[type=checkbox]'); if (box) { box.checked = !box.checked; count() } },
  enter: event => { if (event.target === document.body) current('a')?.click() },
  '/': () => document.querySelector('[data-search]')?.focus(),
  '?': () => document.querySelector('dialog[data-keys]')?.showModal()
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isOff() || typing(event.target)) return
  const act = KEYS[event.key.toLowerCase()]
  if (!act) return
  if (event.key !== 'Enter') event.preventDefault()
  act(event)
})
document.addEventListener('change', event => { if (event.target.matches('table[data-inbox] input')) count() })

const help = document.querySelector('dialog[data-keys]')
for (const button of document.querySelectorAll('[data-keys-open]')) {
  button.hidden = false
  button.addEventListener('click', () => help?.showModal())
}
help?.querySelector('[data-keys-close]')?.addEventListener('click', () => help.close())
const toggle = help?.querySelector('[data-keys-toggle]')
if (toggle) {
  toggle.checked = !isOff()
  toggle.addEventListener('change', () => localStorage.setItem(OFF, toggle.checked ? '0' : '1'))
}

for (const box of document.querySelectorAll('[data-check-all]')) {
  box.addEventListener('change', () => {
    for (const other of list()?.querySelectorAll('tbody input[type=checkbox]') || []) other.checked = box.checked
    count()
  })
}

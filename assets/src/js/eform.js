// Interactive e-forms: shows and hides questions as answers change. The server decides again on every save.
// <form data-eform>, <div data-variable="section.field" data-type="select" data-when='{"===": […]}'>,
// <div data-eform-answers='{…}'> with the answers of other pages that conditions look at.
import { holds } from './logic.js'

const text = input => (input ? input.value.trim().normalize('NFC') : '') || null

function number (typed) {
  if (typed === null) return null
  const plain = typed.replace(/[\s₫]/g, '').replace(/\.(?=\d{3}(\D|$))/g, '').replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : typed
}

function date (box) {
  const [day, month, year] = ['-day', '-month', '-year'].map(end => text(box.querySelector(`[name$="${end}"]`)))
  const pad = part => part.padStart(2, '0')
  if (/^\d{4}$/.test(year) && /^\d{1,2}$/.test(month) && /^\d{1,2}$/.test(day)) return `${year}-${pad(month)}-${pad(day)}`
  return day || month || year ? { day, month, year } : null
}

/** What is answered in one question, as the server would store it; null when nothing is. */
export function answer (box) {
  const type = box.dataset.type
  if (type === 'checkbox' || type === 'consent') return box.querySelector('input').checked
  if (type === 'date') return date(box)
  if (type === 'number' || type === 'money') return number(text(box.querySelector('input')))
  if (box.querySelector('input[type=radio]')) return text(box.querySelector('input:checked'))
  return text(box.querySelector('input, select, textarea'))
}

function toggle (box, on) {
  box.classList.toggle('mc-hidden', !on)
  for (const input of box.querySelectorAll('input, select, textarea')) input.disabled = !on
}

// Questions are read in order and conditions only look back, so one pass decides everything.
function show (form, elsewhere) {
  const answers = structuredClone(elsewhere)
  let row = null
  for (const box of form.querySelectorAll('[data-variable]')) {
    const here = box.closest('[data-eform-row]')
    if (here !== row) { row = here; answers.row = {} }
    const on = !box.dataset.when || holds(JSON.parse(box.dataset.when), answers)
    if (box.dataset.when) toggle(box, on)
    const [scope, key] = box.dataset.variable.split('.')
    if (on) (answers[scope] ||= {})[key] = answer(box)
  }
}

for (const form of document.querySelectorAll('form[data-eform]')) {
  // The list of communes follows the province by itself; the button is for browsers without scripts.
  for (const button of form.querySelectorAll('[data-eform-communes]')) {
    button.hidden = Boolean(button.closest('fieldset').querySelector('[data-cascade]'))
  }
  if (!form.querySelector('[data-when]')) continue
  const elsewhere = JSON.parse(form.querySelector('[data-eform-answers]')?.dataset.eformAnswers || '{}')
  form.addEventListener('change', () => show(form, elsewhere))
  form.addEventListener('input', () => show(form, elsewhere))
  show(form, elsewhere)
}

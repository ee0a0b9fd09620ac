// <select data-autocomplete>: a combobox that finds "my phuoc" in "Phường Mỹ Phước". Falls back to the select.
import accessibleAutocomplete from 'accessible-autocomplete'

const fold = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()

function enhance (select) {
  const source = (query, give) => {
    const wanted = fold(query)
    const found = []
    for (const { text, value } of select.options) {
      if (!value) continue
      const [own, ...rest] = fold(text).split(',')
      const weight = own.includes(wanted) ? (own.startsWith(wanted) || own.includes(' ' + wanted) ? 0 : 1) : (rest.join(',').includes(wanted) ? 2 : 3)
      if (weight < 3) found.push([weight, text])
    }
    give(found.sort((a, b) => a[0] - b[0]).map(([, text]) => text).slice(0, 30))
  }
  const set = value => {
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  }
  // The option of this name, or the only one that begins so.
  const named = text => {
    const wanted = fold(text || '')
    const options = [...select.options].filter(each => wanted && each.value && fold(each.text).startsWith(wanted))
    return options.find(each => fold(each.text) === wanted) || (options.length === 1 ? options[0] : undefined)
  }
  const choose = text => { const option = named(text); if (option) { set(option.value); input.value = option.text; say('') } }
  accessibleAutocomplete.enhanceSelectElement({
    selectElement: select, source, onConfirm: choose, defaultValue: select.value ? select.selectedOptions[0].text : '',
    autoselect: false, confirmOnBlur: false, showAllValues: true, minLength: 0,
    displayMenu: 'overlay', // a list that pushes the page down takes the button from under the finger
    tNoResults: () => 'Không tìm thấy', tAssistiveHint: () => 'Gõ vài chữ rồi dùng phím mũi tên để chọn.',
    tStatusQueryTooShort: n => `Gõ ít nhất ${n} chữ`, tStatusNoResults: () => 'Không có kết quả',
    tStatusSelectedOption: (option, length, index) => `${option}, ${index + 1} trên ${length}`,
    tStatusResults: (length, option) => `Có ${length} kết quả. ${option}`
  })
  // What was typed and is in no list is said, not silently replaced by what was chosen before.
  const input = select.previousElementSibling.querySelector('input')
  const message = document.createElement('p')
  message.className = 'govuk-error-message'
  message.id = `${select.id}-unknown`
  message.hidden = true
  message.setAttribute('role', 'alert')
  select.previousElementSibling.before(message)
  function say (text) {
    message.textContent = text
    message.hidden = !text
    input.toggleAttribute('aria-invalid', Boolean(text))
  }
  input.addEventListener('blur', event => {
    if (event.relatedTarget?.closest('.autocomplete__menu')) return // an option is being pressed
    const text = input.value.trim()
    if (named(text)) return choose(text)
    if (select.value || text) set('')
    say(text ? `Không có “${text}” trong danh sách. Mời ông/bà chọn một dòng, hoặc xóa chữ đã gõ.` : '')
  })
  select.form?.addEventListener('submit', event => {
    if (message.hidden) return
    event.preventDefault()
    input.focus()
  })
}

document.querySelectorAll('select[data-autocomplete]').forEach(enhance)

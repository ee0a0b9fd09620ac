// <select data-autocomplete>: a combobox that finds "my phuoc" in "Phường Mỹ Phước". Falls back to the select.
import accessibleAutocomplete from 'accessible-autocomplete'

const fold = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()
const plain = text => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

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
  // The options that may be meant, best kind first: this name; the same without marks; beginning so.
  // “Lộc Thạnh” and “Lộc Thành” are two places, so one of several is never picked for anybody.
  const meant = text => {
    const options = [...select.options].filter(each => fold(text || '') && each.value)
    const kinds = [each => plain(each.text) === plain(text), each => fold(each.text) === fold(text), each => fold(each.text).startsWith(fold(text))]
    return kinds.map(kind => options.filter(kind)).find(found => found.length) || []
  }
  const named = text => { const found = meant(text); return found.length === 1 ? found[0] : undefined }
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
    const why = meant(text).length ? `Có nhiều dòng giống “${text}” trong danh sách.` : `Không có “${text}” trong danh sách.`
    say(text ? `${why} Mời ông/bà chọn một dòng, hoặc xóa chữ đã gõ.` : '')
  })
  select.form?.addEventListener('submit', event => {
    if (message.hidden) return
    event.preventDefault()
    input.focus()
  })
}

document.querySelectorAll('select[data-autocomplete]').forEach(enhance)

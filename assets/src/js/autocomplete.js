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
  const choose = text => {
    const option = [...select.options].find(each => each.text === text)
    if (!option) return
    select.value = option.value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  }
  accessibleAutocomplete.enhanceSelectElement({
    selectElement: select, source, onConfirm: choose, defaultValue: select.value ? select.selectedOptions[0].text : '',
    autoselect: false, confirmOnBlur: false, showAllValues: true, minLength: 0,
    tNoResults: () => 'Không tìm thấy', tAssistiveHint: () => 'Gõ vài chữ rồi dùng phím mũi tên để chọn.',
    tStatusQueryTooShort: n => `Gõ ít nhất ${n} chữ`, tStatusNoResults: () => 'Không có kết quả',
    tStatusSelectedOption: (option, length, index) => `${option}, ${index + 1} trên ${length}`,
    tStatusResults: (length, option) => `Có ${length} kết quả. ${option}`
  })
}

document.querySelectorAll('select[data-autocomplete]').forEach(enhance)

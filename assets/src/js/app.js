// Comfort for every page of both sites. Each page works without it.
import { createAll, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink } from 'govuk-frontend'
import './autosave.js'
import './cascade.js'
import './photo.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
createAll(Button, { preventDoubleClick: true })
for (const part of [Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink]) createAll(part)
createAll(CharacterCount, {
  i18n: {
    charactersUnderLimit: { other: 'Còn %{count} ký tự' }, charactersAtLimit: 'Đã hết số ký tự cho phép', charactersOverLimit: { other: 'Thừa %{count} ký tự' },
    wordsUnderLimit: { other: 'Còn %{count} từ' }, wordsAtLimit: 'Đã hết số từ cho phép', wordsOverLimit: { other: 'Thừa %{count} từ' }
  }
})

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// The combobox weighs 20 KB: only pages that have one fetch it.
if (document.querySelector('select[data-autocomplete]')) {
  import(document.querySelector('meta[name="mc-autocomplete"]').content)
}

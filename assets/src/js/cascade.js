// <select data-cascade="URL?…=" data-cascade-target="id">: choosing a province fills the list of communes.
// The address answers [["code", "name"], …]. Without JS the server asks for the commune on its own.
for (const select of document.querySelectorAll('select[data-cascade]')) {
  const target = document.getElementById(select.dataset.cascadeTarget)
  if (!target) continue
  select.addEventListener('change', async () => {
    target.replaceChildren(new Option('— Chọn —', ''))
    if (!select.value) return
    target.setAttribute('aria-busy', 'true')
    try {
      const answer = await fetch(select.dataset.cascade + encodeURIComponent(select.value), { headers: { Accept: 'application/json' } })
      if (!answer.ok) throw new Error(answer.status)
      for (const [code, name] of await answer.json()) target.add(new Option(name, code))
      target.dispatchEvent(new CustomEvent('options:changed', { bubbles: true }))
    } catch {
      target.options[0].textContent = 'Chưa tải được danh sách. Ông/bà hãy bấm Lưu để tải lại.'
    } finally {
      target.removeAttribute('aria-busy')
    }
  })
}

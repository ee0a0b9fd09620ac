// <form data-autosave="URL">: sends what was typed, never files, and says so where it can be seen.
const WAIT = 1500

function words (form) {
  const data = new FormData(form)
  for (const [name, value] of [...data]) if (typeof value !== 'string') data.delete(name)
  return data
}

const hour = () => new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' })

// This page as it was loaded; crypto.randomUUID is not there without https.
const writer = Array.from(crypto.getRandomValues(new Uint32Array(4)), part => part.toString(36).padStart(7, '0')).join('')

function watch (form) {
  const status = form.querySelector('.mc-save, [data-autosave-status]') || form.appendChild(Object.assign(document.createElement('p'), { className: 'mc-save' }))
  status.setAttribute('role', 'status')
  let timer
  let dirty = false
  let underWay
  let turn = 0
  const say = (text, state = 'saved') => { status.textContent = text; status.dataset.state = state }

  // Older values must not land after newer ones: each save, and the form itself, call off the last.
  const callOff = () => { clearTimeout(timer); underWay?.abort(); dirty = false }

  async function save () {
    if (!dirty) return
    callOff()
    const { signal } = underWay = new AbortController()
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: 'POST', body: words(form), credentials: 'same-origin', redirect: 'error', signal,
        headers: { 'X-CSRFToken': form.elements.csrfmiddlewaretoken?.value || '', 'X-Requested-With': 'autosave', Accept: 'application/json' }
      })
      if (!answer.ok) throw new Error(answer.status)
      const { unkept } = await answer.json()
      if (unkept?.length) say(unkept.join(' '), 'failed')
      else say(`Đã lưu nháp lúc ${hour()}`)
    } catch {
      if (signal.aborted) return
      dirty = true
      if (navigator.onLine) say('Chưa lưu nháp được. Ông/bà hãy bấm nút Lưu bên trên trước khi rời trang.', 'failed')
      else say('Mất mạng: chưa lưu được. Ông/bà đừng đóng trang; có mạng trang sẽ tự lưu.', 'offline')
    }
  }

  form.addEventListener('input', event => {
    if (event.target.type === 'file') return
    dirty = true
    clearTimeout(timer)
    timer = setTimeout(save, WAIT)
  })
  // On the document, so after all who may hold the form back: what is not sent has still to be saved.
  document.addEventListener('submit', event => { if (event.target === form && !event.defaultPrevented) callOff() })
  // What was called off may be on its way all the same: the server leaves aside what comes late.
  form.addEventListener('formdata', event => event.formData.set('_turn', `${writer}:${++turn}`))
  window.addEventListener('online', save)
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save() })
}

document.querySelectorAll('form[data-autosave]').forEach(watch)

// <form data-passkey="create|get|sign-in">: asks this machine for a passkey, and sends what it answers.
// Without this script, or without passkeys, the form stays hidden and the other ways are there.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))
const letters = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

function readable (options) {
  options.challenge = bytes(options.challenge)
  if (options.user) options.user.id = bytes(options.user.id)
  for (const list of [options.excludeCredentials, options.allowCredentials]) {
    for (const each of list || []) each.id = bytes(each.id)
  }
  // A key that remembers its owner can sign in by itself, without a name or a password.
  if (options.authenticatorSelection) options.authenticatorSelection.residentKey = 'preferred'
  return options
}

function sendable (credential) {
  const response = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) response[name] = letters(credential.response[name])
  }
  return { id: credential.id, rawId: letters(credential.rawId), type: credential.type, response, clientExtensionResults: credential.getClientExtensionResults() }
}

async function options (form) {
  if (form.dataset.passkey !== 'sign-in') return JSON.parse(document.getElementById('passkey-options').textContent)
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(answer.statusText)
  return await answer.json()
}

async function send (form) {
  const { creation_options: create, request_options: get } = await options(form)
  const credential = create
    ? await navigator.credentials.create({ publicKey: readable(create.publicKey) })
    : await navigator.credentials.get({ publicKey: readable(get.publicKey) })
  form.elements.credential.value = JSON.stringify(sendable(credential))
  form.submit()
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll('form[data-passkey]') : []) {
  form.hidden = false
  const wrong = form.querySelector('[data-passkey-wrong]')
  form.addEventListener('submit', event => {
    event.preventDefault()
    wrong.hidden = true
    send(form).catch(() => { wrong.hidden = false })
  })
}

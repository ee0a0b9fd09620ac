// <input type="file" data-shrink>: makes phone photos small before they are sent and warns about blurred ones.
const EDGE = 2400 // the longer edge after shrinking: enough to read a page at 200 dpi
const LEAVE = 900 * 1024 // smaller files go as they are
const BLURRED = 60 // variance of the Laplacian; clear pages measure in the thousands

function sharpness (canvas) {
  const size = 400
  const small = document.createElement('canvas')
  small.width = small.height = size
  const pen = small.getContext('2d', { willReadFrequently: true })
  const side = Math.min(canvas.width, canvas.height, size * 2)
  pen.drawImage(canvas, (canvas.width - side) / 2, (canvas.height - side) / 2, side, side, 0, 0, size, size)
  const { data } = pen.getImageData(0, 0, size, size)
  const grey = (x, y) => data[(y * size + x) * 4 + 1]
  let sum = 0; let squares = 0; let n = 0
  for (let y = 1; y < size - 1; y += 2) {
    for (let x = 1; x < size - 1; x += 2, n++) {
      const v = grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1) - 4 * grey(x, y)
      sum += v; squares += v * v
    }
  }
  return squares / n - (sum / n) ** 2
}

async function shrink (file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return { file }
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, EDGE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blurred = sharpness(canvas) < BLURRED
  if (file.size <= LEAVE) return { file, blurred }
  const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.82))
  if (!blob || blob.size >= file.size) return { file, blurred }
  return { file: new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }), blurred }
}

const size = bytes => bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1).replace('.', ',')} MB`

for (const input of document.querySelectorAll('input[type=file][data-shrink]')) {
  const status = Object.assign(document.createElement('p'), { className: 'govuk-hint mc-shrink' })
  status.setAttribute('role', 'status')
  input.closest('.govuk-form-group')?.append(status)
  input.addEventListener('change', async () => {
    const before = [...input.files]
    if (!before.length) { status.textContent = ''; return }
    try {
      const after = await Promise.all(before.map(shrink))
      const box = new DataTransfer()
      for (const { file } of after) box.items.add(file)
      if (after.some(({ file }, i) => file !== before[i])) input.files = box.files
      const total = after.reduce((sum, { file }) => sum + file.size, 0)
      const limit = Number(input.dataset.maxBytes || 0)
      const said = [`Đã chọn ${after.length} tệp, ${size(total)}.`]
      if (after.some(({ blurred }) => blurred)) said.push('Ảnh có vẻ bị mờ: ông/bà hãy xem lại, nếu không đọc rõ chữ thì chụp lại.')
      if (limit && after.some(({ file }) => file.size > limit)) said.push(`Có tệp vượt quá ${size(limit)}.`)
      status.textContent = said.join(' ')
    } catch {
      status.textContent = '' // the server judges the file as it is
    }
  })
}

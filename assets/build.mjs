// Builds the styles and scripts that the wheel ships. Maintainers only; see docs/howto/frontend.md.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = path.dirname(fileURLToPath(import.meta.url))
process.chdir(here)
const out = process.argv[2] || '../motcua/sites/static/dist'
fs.mkdirSync(out, { recursive: true })

for (const name of ['portal', 'desk', 'sheet']) {
  const { css } = sass.compile(`src/scss/${name}.scss`, {
    style: 'compressed', importers: [new sass.NodePackageImporter()], quietDeps: true
  })
  fs.writeFileSync(`${out}/${name}.css`, css + '\n')
}

await esbuild.build({
  absWorkingDir: here,
  entryPoints: ['src/js/app.js', 'src/js/desk.js', 'src/js/eform.js', 'src/js/autocomplete.js', 'src/js/passkey.js'],
  bundle: true, minify: true, format: 'esm', target: 'es2022', outdir: out, legalComments: 'none', charset: 'utf8'
})

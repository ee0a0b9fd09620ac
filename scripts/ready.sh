# Sourced by the commands of bin/, with $here: the settings of .env, and the Python environment.
# What is already in the environment wins over .env: MOTCUA_PORT=8001 bin/run.
if [ -f "$here/.env" ]; then
    given=$(export -p)
    set -a
    . "$here/.env"
    set +a
    eval "$given"
fi
# Without compiled modules every process compiles the whole house and its libraries again: each start
# would take three times as long.
unset PYTHONDONTWRITEBYTECODE
"$here/bin/env" || exit 1
export PYTHONPATH="$here${PYTHONPATH:+:$PYTHONPATH}"
python=$here/.venv/bin/python

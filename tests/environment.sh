#!/bin/sh
# Makes the project's own Python environment in .venv and installs what the given lock file lists, checked by hash.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $("$python" --version) was found. Name another one: PYTHON=python3.12 make site" >&2; exit 1; }
if [ ! -x .venv/bin/python ]; then
  "$python" -m venv .venv || { rm -rf .venv; echo "Python cannot make an environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"

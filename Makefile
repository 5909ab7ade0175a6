# Two commands do everything: `make site` and `make test`. README.md says how to do the same without make.
.PHONY: site serve check test bench pictures lock clean

site: .venv/.ok
	@NO_MKDOCS_2_WARNING=1 .venv/bin/python build_edition.py
	@echo "To look at it: open site/index.html in a browser, or run: make serve"

serve: .venv/.ok
	@.venv/bin/python build_edition.py --watch

check: .venv/.ok
	@.venv/bin/python build_edition.py --check

test:
	@sh tests/run.sh

bench: .venv/.ok
	@.venv/bin/python bench/run.py

# Needs what the tests install, and a built site.
pictures:
	@.venv/bin/python tests/pictures.py

.venv/.ok: requirements.lock
	@sh tests/environment.sh requirements.lock
	@touch $@

# Needs uv (pip install uv). Python 3.11 is the oldest that the edition runs on, so the lock is made for it.
lock:
	uv pip compile --quiet --no-header --generate-hashes --python-version 3.11 requirements.in -o requirements.lock
	uv pip compile --quiet --no-header --generate-hashes --python-version 3.11 requirements-dev.in -o requirements-dev.lock

clean:
	rm -rf site site.last .building .edition.json docs/index.md docs/texts docs/seeds docs/registers docs/comparisons bench/out

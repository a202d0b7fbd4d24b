# make demo    建好 .venv，装上本程序，跑内置的演示站点
# make test    装上测试所需，跑全部测试
# make quick   一分钟内的那部分测试
# make browser 装上 Chromium、Playwright、axe-core，在浏览器里测各网页
# make check   静态检查：ruff、mypy、import-linter
# make bench   测速度和内存，与同类比较（同类装在各自的环境里），印成一张表；很久，机器要空闲
# make clean   删去 .venv 和各种缓存
#
# 可改：BENCH="workbook keeping"（只测哪些）；PYTHON=python3.12（用哪个 Python），VENV=/tmp/venv（装在哪里），TESTS=tests/unit/language/test_text.py（只跑哪些测试）

VENV ?= .venv
TESTS ?=
BENCH ?=
# The first of these that really runs and is new enough: version managers leave commands that only print an error.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$python; break; }; done)

BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet -c constraints.txt
RUN_STAMP = $(VENV)/.installed
TEST_STAMP = $(VENV)/.installed-test
BROWSER_STAMP = $(VENV)/.installed-browser
AXE = $(VENV)/axe/node_modules/axe-core/axe.min.js

.PHONY: demo test quick browser check bench clean
.DELETE_ON_ERROR:

demo: $(RUN_STAMP)
	$(BIN)/jimo-lint demo

test: $(TEST_STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

quick: $(TEST_STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow" tests/unit tests/contracts

browser: $(BROWSER_STAMP)
	AXE_CORE=$(abspath $(AXE)) $(BIN)/python -m pytest -m browser tests/browser

# mypy reads [tool.mypy] `files`; spiders/ among them, which is jimo_lint.spiders only at run time.
check: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(TEST_STAMP)
	$(BIN)/python benchmarks/run_all.py $(BENCH)

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN_STAMP): pyproject.toml constraints.txt | $(BIN)/pip
	$(PIP) -e .
	@touch $@

$(TEST_STAMP): pyproject.toml constraints.txt | $(BIN)/pip
	$(PIP) -e '.[fast,lsp,ocr,postgres,web,test,dev]'
	@touch $@ $(RUN_STAMP)

# Chromium is Debian's: Playwright's own is not on the package indexes. axe-core is the page's judge, never shipped.
$(BROWSER_STAMP): $(TEST_STAMP)
	$(PIP) -e '.[browser]'
	@packages="$$(command -v chromium >/dev/null || echo chromium) $$(command -v npm >/dev/null || echo npm)"; \
	if [ -n "$${packages# }" ]; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "正在安装 $$packages ……" >&2; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq --no-install-recommends $$packages >/dev/null; \
		else \
			echo "请以管理员身份运行：apt-get install $$packages" >&2; exit 2; \
		fi; \
	fi
	npm install --silent --no-save --no-package-lock --prefix $(VENV)/axe axe-core@4.14.1
	@touch $@

# pip comes last into a new environment, so one that was left half-made is made again. Debian keeps what venv
# needs (ensurepip) in a package of its own.
$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "没有找到 Python 3.11 或更高版本。请先安装，或用 make PYTHON=路径 指明。" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "本机 Python 缺 venv，正在安装 $$package ……" >&2; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$package >/dev/null; \
		else \
			echo "本机 Python 缺 venv。请以管理员身份运行：apt-get install $$package" >&2; exit 2; \
		fi; }
	$(PYTHON) -m venv --clear $(VENV)

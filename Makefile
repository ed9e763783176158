# What people type. Every target but `help` installs what is missing where it may, or says what to install.

SHELL := /bin/bash
FAULTLINE := target/debug/faultline
MEASURED := target/release/faultline
# Tests run in their crates' folders, so the path must hold from everywhere.
export FAULTLINE_DATA := $(abspath $(or $(FAULTLINE_DATA),../shared/data))

.DEFAULT_GOAL := help
.PHONY: help setup build release demo run doctor test check bench-localization bench-walk sqlx

help: ## lists these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:
	@.ci/setup

build: setup
	@SQLX_OFFLINE=true cargo build --package local --bin faultline

release: setup
	@SQLX_OFFLINE=true cargo build --release --package local --bin faultline

demo: build ## grades four programs with mistakes and shows their reports
	@$(FAULTLINE) demo

run: build ## runs the local edition until Ctrl-C, at http://127.0.0.1:8080
	@$(FAULTLINE) run

doctor: build ## checks whether this machine has what the local edition needs
	@$(FAULTLINE) doctor

test: build ## runs all tests, on a PostgreSQL of their own
	@SQLX_OFFLINE=true $(FAULTLINE) with-postgres -- cargo test --quiet --workspace

check: setup ## checks format, lints, house rules and the queries' offline data
	cargo fmt --check
	SQLX_OFFLINE=true cargo clippy --quiet --workspace --all-targets -- -D warnings
	SQLX_OFFLINE=true cargo test --quiet --package tidy

bench-localization: release ## measures how often the bug's line stands among the first suspects
	@$(MEASURED) bench localization

bench-walk: release ## measures how long a learner waits, and what happens when many come at once
	@$(MEASURED) bench walk

sqlx: setup ## writes the queries' offline data anew, after a query or a migration changed
	@.ci/sqlx

# Every target is an npm script of the same name; `npm run <name> -- --help` explains its options.
STACK ?= dev
PLAN ?= plan.json

.PHONY: up preview destroy status manifests preflight deploy smoke validate drill capacity cost report prove guard test bench
.DEFAULT_GOAL := up

up preview destroy manifests preflight deploy smoke validate drill capacity cost report prove: node_modules/.package-lock.json
	@npm run --silent $@ -- --stack $(STACK)

guard: node_modules/.package-lock.json
	@npm run --silent $@ -- $(PLAN)

status test bench: node_modules/.package-lock.json
	@npm run --silent $@

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

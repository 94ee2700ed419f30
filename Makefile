.PHONY: test lint check bench load fuzz

test: ## every test
	go test -timeout 40m ./...

lint: ## gofmt, vet, golangci-lint
	test -z "$$(gofmt -l .)"
	go vet ./...
	golangci-lint run

check: ## every shipped scenario and rehearsal
	go run ./cmd/saban check --strict
	go run ./cmd/saban test

bench: ## the goals of speed as ratios, in one run
	go run ./testdata/bench

load: ## phones on the real server: how long, how much memory, what is lost
	go run ./testdata/load
	go run ./testdata/load --drills 50 --phones 20

fuzz: ## every fuzz target for half a minute
	@set -e; for target in $$(grep -rhoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' . | sed 's/^func //' | sort -u); do \
		file=$$(grep -rlE --include='*_test.go' "^func $$target\(" . | head -n 1); \
		go test "$$(dirname "$$file")" -run '^$$' -fuzz "^$$target\$$" -fuzztime 30s; \
	done

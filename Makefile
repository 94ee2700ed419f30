.PHONY: test lint check bench

test: ## every test
	go test ./...

lint: ## gofmt, vet, golangci-lint
	test -z "$$(gofmt -l .)"
	go vet ./...
	golangci-lint run

check: ## every shipped scenario and rehearsal
	go run ./cmd/saban check --strict
	go run ./cmd/saban test

bench: ## the goals of speed as ratios, in one run
	go run ./testdata/bench

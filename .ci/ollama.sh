# Sourced by .ci/run: start_ollama gives a server with one small model and exports OLLAMA_HOST; stop_ollama ends it.
# shellcheck shell=bash

ollama_folder=$(mktemp -d)
ollama_pid=

find_ollama() {
    # In this order: the program that lies beside a checkout, an installed one, one built from its Go module (8 minutes on two cores).
    if [ -f ../shared/ollama/ollama.xz ]; then
        xz -dc ../shared/ollama/ollama.xz >"$ollama_folder/ollama"
        chmod +x "$ollama_folder/ollama"
    elif command -v ollama >/dev/null; then
        ln -s "$(command -v ollama)" "$ollama_folder/ollama"
    else
        build_ollama
    fi
}

build_ollama() {
    command -v go >/dev/null || { echo "FAILED: no Ollama here, and no Go 1.24 or newer to build one"; return 1; }
    as_root apt-get update -qq
    as_root apt-get install -qq -y --no-install-recommends g++ nlohmann-json3-dev libstb-dev >/dev/null
    local flags="-O3 -mavx2 -mfma -mf16c -mbmi2"
    GOBIN="$ollama_folder" CGO_CPPFLAGS="-I$PWD/.ci/include -I/usr/include/stb" CGO_CFLAGS="$flags" CGO_CXXFLAGS="$flags" \
        CGO_CFLAGS_ALLOW='.*' CGO_CXXFLAGS_ALLOW='.*' go install -trimpath -ldflags "-w -s" github.com/ollama/ollama@v0.17.4
}

start_ollama() {
    find_ollama
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    export OLLAMA_HOST=127.0.0.1:$port OLLAMA_MODELS=$ollama_folder/models
    "$ollama_folder/ollama" serve >"$ollama_folder/log" 2>&1 &
    ollama_pid=$!
    .venv/bin/python .ci/model.py || { echo "FAILED: the test model is not there; the server's last words:"; tail -n 5 "$ollama_folder/log"; return 1; }
}

stop_ollama() {
    [ -z "$ollama_pid" ] || kill "$ollama_pid" 2>/dev/null || true
    rm -rf "$ollama_folder"
}

# Sourced by .ci/windows and .ci/frozen: a Windows Python under Wine, from registries alone.
# The binaries lie in a cache outside the repository; docs/windows.md says what they are.
# shellcheck shell=bash

windows_cache=${XDG_CACHE_HOME:-$HOME/.cache}/parplan-windows
windows_marked=77 # how a script ends that has tested nothing, and says so
# What carries python.org's signed python311.dll with its modules, and the file's hash.
windows_carrier="panda3d==1.10.16 --hash=sha256:37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"

no_windows() { # $1: why nothing can be run
    echo "Windows was not tested: $1" >&2
    exit "$windows_marked"
}

need_wine() {
    local sudo
    if ! command -v wine >/dev/null || ! command -v x86_64-w64-mingw32-gcc >/dev/null; then
        sudo=$([ "$(id -u)" = 0 ] || echo sudo)
        { $sudo apt-get update -qq -o Acquire::Retries=3 && DEBIAN_FRONTEND=noninteractive \
            $sudo apt-get install -y -qq -o Acquire::Retries=3 --no-install-recommends \
            wine wine64 gcc-mingw-w64-x86-64; } >/dev/null 2>&1 || no_windows "Wine cannot be installed"
    fi
    python3.11 -c "" 2>/dev/null || no_windows "there is no Python 3.11, whose library it needs"
}

# Sets $windows_python, the folder of a Python with the libraries of the lock $1: the one in
# the cache, if it was made by the same script from the same lock.
build_windows_python() {
    local lock=$1 key work
    key=$(cat "$lock" .ci/wine.sh | sha256sum | cut -c1-16)
    windows_python=$windows_cache/$key
    [ -e "$windows_python/python.exe" ] && return
    mkdir -p "$windows_cache"
    work=$(mktemp -d "$windows_cache/new.XXXXXX")
    python3.11 -m venv "$work/tools"
    "$work/tools/bin/pip" install -q "uv>=0.9,<1"
    echo "$windows_carrier" >"$work/carrier.txt"
    "$work/tools/bin/pip" download -q --no-deps --platform win_amd64 --python-version 3.11 \
        --only-binary=:all: --require-hashes -r "$work/carrier.txt" -d "$work" ||
        no_windows "the index does not give $windows_carrier"
    mkdir -p "$work/python/DLLs" "$work/python/Lib/site-packages"
    unzip -q -j "$work"/panda3d-*.whl 'deploy_libs/*.dll' 'deploy_libs/*.pyd' -d "$work/python/DLLs"
    mv "$work"/python/DLLs/{python311,VCRUNTIME140}.dll "$work/python/"
    x86_64-w64-mingw32-gcc -municode -O2 -s -o "$work/python/python.exe" -x c - <<'C'
#include <windows.h>
int wmain(int argc, wchar_t **argv) {
    HMODULE python = LoadLibraryW(L"python311.dll");
    if (!python) return 103;
    return ((int (*)(int, wchar_t **))GetProcAddress(python, "Py_Main"))(argc, argv);
}
C
    tar -C "$(python3.11 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" -c \
        --exclude=./site-packages --exclude=./dist-packages --exclude=./test \
        --exclude=./lib-dynload --exclude='./config-*' --exclude=__pycache__ . |
        tar -C "$work/python/Lib" -x
    UV_NO_CONFIG=1 "$work/tools/bin/uv" pip install -q --python-platform x86_64-pc-windows-msvc \
        --python-version 3.11 --only-binary :all: --require-hashes \
        --target "$work/python/Lib/site-packages" -r "$lock"
    find "$windows_cache" -mindepth 1 -maxdepth 1 ! -path "$work" -mtime +30 -exec rm -rf {} +
    mv "$work/python" "$windows_python"
    rm -rf "$work"
}

# A Windows of its own in the folder $1, which is to be removed with `leave_windows`.
begin_windows() {
    export WINEPREFIX=$1 WINEARCH=win64 WINEDEBUG=-all
    export WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=" # ask for no downloads
    # Windows deletes what a link leads to: no temporary folder with links of this system's tests.
    unset TMPDIR
    mkdir -p "$1"
    wineserver --persistent # else each program starts a Windows of its own, seconds long
    wineboot --init >/dev/null 2>&1 </dev/null || no_windows "Wine does not start"
}

leave_windows() {
    wineserver --kill 2>/dev/null || true # the one of this WINEPREFIX
    wineserver --wait 2>/dev/null || true
}

# Runs the Windows program $1 with the rest.  Wine hands on no file of this system as a stream
# of Windows, so that both ends are pipes.
windows() {
    local status=0
    { wine "$@" </dev/null 2>&1 || status=$?; echo "$status" >"$WINEPREFIX/status"; } | cat
    return "$(cat "$WINEPREFIX/status")"
}

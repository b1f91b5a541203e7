# Shared by the test programs of this folder: source it first. They run from the root of the checkout, by tests/system/run or alone.
# shellcheck shell=bash
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
ROOT=$PWD
export ROOT DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if [ -z "${SYSTEM_FOLDER:-}" ]; then
    SYSTEM_FOLDER=$(mktemp -d)
    export SYSTEM_FOLDER
    trap 'rm -rf "$SYSTEM_FOLDER"' EXIT
fi
# The rules of style have judged the code by now; what is built here is built without them.
export RunAnalyzers=false
# A folder of this test program's own.
WORK=$(mktemp -d -p "$SYSTEM_FOLDER")
export WORK

# Debian's Python, whose packages (python3-numpy, python3-pytest) the tests use, before any other.
PYTHON=python3
[ -x /usr/bin/python3 ] && PYTHON=/usr/bin/python3
export PYTHON

# check NAME COMMAND...: one test; what the command printed is shown when it fails.
check() {
    local name=$1 log
    shift
    log=$WORK/check.log
    if "$@" < /dev/null > "$log" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/    /' "$log" | tail -n 60
        return 1
    fi
}

skip() { echo "skip - $1: $2"; }

# need NAME TOOL...: ends the test program, which is called NAME, as skipped when a tool is missing.
need() {
    local name=$1 tool
    shift
    for tool in "$@"; do
        command -v "$tool" > /dev/null || { skip "$name" "$tool is missing"; exit 0; }
    done
}

# need_module NAME MODULE...: the same for modules of Python.
need_module() {
    local name=$1 module
    shift
    for module in "$@"; do
        "$PYTHON" -c "import $module" 2> /dev/null || { skip "$name" "Python's $module is missing"; exit 0; }
    done
}

# once NAME COMMAND...: runs the command if no test program of this run has, with an empty folder as its last argument;
# prints the folder. Ends the test program when the command fails.
once() {
    local folder=$SYSTEM_FOLDER/$1 name=$1
    shift
    if [ ! -e "$folder.done" ]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        if ! "$@" "$folder" < /dev/null > "$folder.log" 2>&1; then
            echo "not ok - $name could not be made" >&2
            tail -n 30 "$folder.log" >&2
            return 1
        fi
        touch "$folder.done"
    fi
    echo "$folder"
}

publish_library() { dotnet publish src/WeakToStrong.Native -c Release --use-current-runtime -o "$1"; }
publish_program() { "$ROOT/publish-native" "$1"; }
pack_all() { dotnet pack -c Release -o "$1"; }
build_wheel() { "$PYTHON" python/build.py --library "$(native_library)" --out "$1"; }

native_library() { once native-library publish_library; }
native_program() { once native-program publish_program; }
packages() { once packages pack_all; }
wheel() { once wheel build_wheel; }

# The ordinary program, built just in time; for comparisons to the bit its vectors are those of what is published ahead of time.
w2s() { DOTNET_EnableAVX512=0 dotnet "$ROOT/src/WeakToStrong.Cli/bin/Release/net10.0/$(dotnet_rid)/w2s.dll" "$@"; }

dotnet_rid() {
    case $(uname -s)-$(uname -m) in
        Linux-x86_64) echo linux-x64 ;;
        Linux-aarch64) echo linux-arm64 ;;
        Darwin-x86_64) echo osx-x64 ;;
        Darwin-arm64) echo osx-arm64 ;;
        *) echo unknown ;;
    esac
}

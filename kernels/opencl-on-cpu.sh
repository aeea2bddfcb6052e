#!/bin/sh
# Brings up OpenCL on the processor (PoCL 6, of Debian 13) in a folder of its own, for the tests of the kernels. Nothing outside the folder
# is installed or changed, no root is needed where user namespaces are allowed, and deleting the folder undoes it.
set -eu

suite=trixie
mirror=http://deb.debian.org/debian
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

usage() {
    cat <<USAGE
Usage: kernels/opencl-on-cpu.sh FOLDER [--mirror URL] [--keyring FILE]

Makes FOLDER/run: put before a command, it runs the command with Debian 13's system libraries and PoCL, and with the machine's own files
everywhere but in /usr, /etc and /var. About 105 MB are downloaded; FOLDER then has about 500 MB.

  --mirror URL    a mirror of Debian [$mirror]
  --keyring FILE  the keys that Debian signs with [$keyring]

    dotnet build
    FOLDER/run dotnet test tests/Word2Vec.Kernels.Tests --no-build
USAGE
}

fail() {
    echo "opencl-on-cpu: $*" >&2
    exit 1
}

folder=
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --mirror | --keyring) [ $# -gt 1 ] || fail "$1 needs a value"; eval "${1#--}=\$2"; shift ;;
        -*) fail "unknown option $1; --help lists them" ;;
        *) [ -z "$folder" ] || fail "one folder only, found $folder and $1"; folder=$1 ;;
    esac
    shift
done
[ -n "$folder" ] || { usage >&2; exit 2; }

[ "$(uname -s)" = Linux ] || fail "needs Linux, found $(uname -s)"
for tool in apt-get dpkg-deb unshare chroot mount; do
    command -v $tool >/dev/null || fail "needs $tool (Debian, Ubuntu), which is not here"
done
[ -r "$keyring" ] || fail "the keys $keyring are not here; install debian-archive-keyring or name the file with --keyring"

# Root may make mounts of its own; others need a user namespace for that.
private="--mount"
[ "$(id -u)" = 0 ] || private="--mount --map-root-user"
unshare $private true 2>/dev/null || fail "this machine allows no mounts of one's own (unshare $private)"

mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
[ -e "$folder/opencl-on-cpu" ] || [ -z "$(ls -A "$folder")" ] || fail "$folder is not empty and was not made by this script; choose another folder"
: >"$folder/opencl-on-cpu"
case $folder in
    /usr/* | /etc/* | /var/*) fail "$folder lies in /usr, /etc or /var, which the commands will not see; choose another folder" ;;
esac
rm -rf "$folder/root" "$folder/apt"
mkdir -p "$folder/cache" "$folder/apt/lists/partial" "$folder/apt/archives/partial" "$folder/apt/etc/preferences.d" "$folder/apt/etc/apt.conf.d"

# apt with an empty list of installed packages and folders of its own: it resolves all dependencies, down to the C library.
: >"$folder/apt/status"
echo "deb [signed-by=$keyring] $mirror $suite main" >"$folder/apt/sources.list"
apt() {
    APT_CONFIG=/dev/null apt-get -qq \
        -o Dir::Etc="$folder/apt/etc" -o Dir::Etc::SourceList="$folder/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$folder/apt/lists" -o Dir::State::Status="$folder/apt/status" \
        -o Dir::State::extended_states="$folder/apt/extended_states" -o Dir::Log="$folder/apt" \
        -o Dir::Cache="$folder/apt" -o Dir::Cache::archives="$folder/apt/archives" -o Acquire::Languages=none \
        -o APT::Sandbox::User= -o APT::Install-Recommends=false "$@" >"$folder/apt/log" 2>&1 ||
        { tail -n 3 "$folder/apt/log" >&2; fail "apt-get ended with an error, see $folder/apt/log"; }
}
echo "opencl-on-cpu: reading the packages of $mirror"
apt update
echo "opencl-on-cpu: downloading"
apt -y --download-only install pocl-opencl-icd ocl-icd-libopencl1 dash bash coreutils libssl3t64

echo "opencl-on-cpu: unpacking"
root=$folder/root
for name in bin lib lib64 sbin; do
    mkdir -p "$root/usr/$name"
    ln -s "usr/$name" "$root/$name"
done
mkdir -p "$root/etc" "$root/var/tmp"
for package in "$folder"/apt/archives/*.deb; do
    dpkg-deb -x "$package" "$root"
done
[ -e "$root/usr/bin/sh" ] || ln -s dash "$root/usr/bin/sh"
rm -rf "$folder/apt" "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/locale"

cat >"$folder/run" <<RUN
#!/bin/sh
# Runs a command where OpenCL is the processor; made by opencl-on-cpu.sh.
[ \$# -gt 0 ] || { echo "usage: $folder/run COMMAND [ARGUMENT…]" >&2; exit 2; }
private="--mount"
[ "\$(id -u)" = 0 ] || private="--mount --map-root-user"
exec unshare \$private sh "$folder/enter" "\$@"
RUN
cat >"$folder/enter" <<ENTER
# The mounts are this process's own and end with it.
set -eu
root=$root
bind() {
    mkdir -p "\$root\$1"
    mount --rbind "\$1" "\$root\$1"
}
for path in /*; do
    case \$path in
        /usr | /etc | /var | /bin | /sbin | /lib* | /boot | /lost+found) ;;
        *) [ ! -d "\$path" ] || [ -L "\$path" ] || bind "\$path" ;;
    esac
done
for file in /etc/resolv.conf /etc/hosts /etc/passwd /etc/group /etc/localtime; do
    [ ! -r \$file ] || cp -L \$file "\$root\$file"
done
dotnet=\$(command -v dotnet || true)
if [ -n "\$dotnet" ]; then
    DOTNET_ROOT=\$(dirname "\$(readlink -f "\$dotnet")")
    PATH=\$DOTNET_ROOT:\$PATH
    export DOTNET_ROOT
    case \$DOTNET_ROOT in
        /usr/* | /var/*) bind "\$DOTNET_ROOT" ;;
    esac
fi
# There is no ICU. A build server outside would run the tests outside.
export PATH DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 POCL_CACHE_DIR="$folder/cache" OCL_ICD_VENDORS=/etc/OpenCL/vendors
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
exec chroot "\$root" sh -c 'cd "\$1" && shift && exec "\$@"' sh "\$PWD" "\$@"
ENTER
chmod +x "$folder/run"
"$folder/run" true || fail "the new system does not run a command"
cat <<DONE
opencl-on-cpu: ready. Build outside, run inside:
    dotnet build
    $folder/run dotnet test tests/Word2Vec.Kernels.Tests --no-build
DONE

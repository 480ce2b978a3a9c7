"""The system calls that the sandboxed kernel may make, by number, beside those of the sandbox's workers.

A kernel imports libraries and reads files, so calls that take a path are allowed; Landlock decides which paths. What starts a process, opens a
connection or changes a file by its name alone (its mode, its times, its length: Landlock does not look at these) is not.
"""

from __future__ import annotations

from nexus_jupyter.sandbox.syscalls import NUMBERS as WORKER

__all__ = ["ALLOWED", "DENIED", "IGNORED", "NO_ATTRIBUTES", "NUMBERS"]

# Without a condition.
ALLOWED = (
    "read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range fstat lseek munmap brk mremap "
    "madvise msync mincore mmap mprotect mlock munlock pkey_mprotect rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending "
    "rt_sigtimedwait rt_sigsuspend sigaltstack restart_syscall pause poll ppoll select pselect6 epoll_create epoll_create1 "
    "epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2 pipe pipe2 dup dup2 dup3 futex set_robust_list get_robust_list "
    "rseq set_tid_address exit exit_group gettid getpid getppid getuid geteuid getgid getegid getgroups getresuid getresgid "
    "getpgrp getpgid getsid nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times getitimer setitimer alarm "
    "timerfd_create timerfd_settime timerfd_gettime sched_yield sched_getaffinity sched_getparam sched_getscheduler "
    "sched_get_priority_max sched_get_priority_min getpriority getrandom getrusage getrlimit sysinfo uname getcpu get_mempolicy "
    "membarrier open openat openat2 creat stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents "
    "getdents64 getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat "
    "ftruncate fallocate fsync fdatasync sync_file_range copy_file_range sendfile splice tee flock fadvise64 umask statfs fstatfs "
    "readahead memfd_create wait4 waitid pidfd_send_signal accept accept4 getsockopt setsockopt getsockname getpeername sendmsg "
    "recvmsg sendmmsg recvmmsg shutdown "
).split()

# Answered with success and not done: modes and times, which copying a file wants to set, and the scheduling of a thread, which ZeroMQ
# sets for each of its own and aborts when it may not.
IGNORED = ("chmod fchmod fchmodat fchmodat2 utime utimes futimesat utimensat sched_setscheduler sched_setparam").split()

# Answered with "not supported": libraries go on without.
NO_ATTRIBUTES = (
    "setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr "
).split()

# Answered with "not permitted", so that the message says so; every call that is named nowhere is "not implemented".
DENIED = (
    "fork vfork execve execveat socket connect bind listen ptrace process_vm_readv process_vm_writev setsid setpgid setuid setgid "
    "setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset chown fchown lchown fchownat truncate mknod mknodat "
    "chroot pivot_root mount umount2 unshare setns setrlimit setpriority sched_setaffinity "
    "rt_sigqueueinfo rt_tgsigqueueinfo pidfd_getfd "
).split()


def _read(text: str) -> dict[str, int]:
    return {name: int(number) for name, _, number in (pair.partition("=") for pair in text.split())}


_X86 = _read(
    "open=2 stat=4 lstat=6 access=21 pipe=22 msync=26 mincore=27 dup2=33 pause=34 getitimer=36 alarm=37 setitimer=38 sendfile=40 "
    "socket=41 connect=42 accept=43 sendmsg=46 recvmsg=47 shutdown=48 bind=49 listen=50 getsockname=51 getpeername=52 "
    "setsockopt=54 getsockopt=55 fork=57 vfork=58 execve=59 wait4=61 kill=62 flock=73 fsync=74 fdatasync=75 truncate=76 "
    "ftruncate=77 getdents=78 getcwd=79 chdir=80 fchdir=81 rename=82 mkdir=83 rmdir=84 creat=85 link=86 unlink=87 symlink=88 "
    "readlink=89 chmod=90 fchmod=91 chown=92 fchown=93 lchown=94 umask=95 times=100 ptrace=101 setuid=105 setgid=106 setpgid=109 "
    "getppid=110 getpgrp=111 setsid=112 setreuid=113 setregid=114 getgroups=115 setgroups=116 setresuid=117 getresuid=118 "
    "setresgid=119 getresgid=120 getpgid=121 setfsuid=122 setfsgid=123 getsid=124 capset=126 rt_sigpending=127 rt_sigtimedwait=128 "
    "rt_sigqueueinfo=129 rt_sigsuspend=130 utime=132 mknod=133 statfs=137 fstatfs=138 getpriority=140 setpriority=141 "
    " sched_get_priority_max=146 sched_get_priority_min=147 mlock=149 munlock=150 "
    "pivot_root=155 setrlimit=160 chroot=161 mount=165 umount2=166 readahead=187 setxattr=188 lsetxattr=189 fsetxattr=190 "
    "getxattr=191 lgetxattr=192 fgetxattr=193 listxattr=194 llistxattr=195 flistxattr=196 removexattr=197 lremovexattr=198 "
    "sched_setparam=142 sched_setscheduler=144 "
    "fremovexattr=199 tkill=200 sched_setaffinity=203 epoll_create=213 getdents64=217 fadvise64=221 utimes=235 get_mempolicy=239 "
    "waitid=247 openat=257 mkdirat=258 mknodat=259 fchownat=260 futimesat=261 newfstatat=262 unlinkat=263 renameat=264 linkat=265 "
    "symlinkat=266 readlinkat=267 fchmodat=268 faccessat=269 unshare=272 get_robust_list=274 splice=275 tee=276 "
    "sync_file_range=277 utimensat=280 timerfd_create=283 eventfd=284 fallocate=285 timerfd_settime=286 timerfd_gettime=287 "
    "accept4=288 dup3=292 preadv=295 pwritev=296 rt_tgsigqueueinfo=297 recvmmsg=299 sendmmsg=307 setns=308 process_vm_readv=310 "
    "process_vm_writev=311 renameat2=316 memfd_create=319 execveat=322 copy_file_range=326 preadv2=327 pwritev2=328 "
    "pkey_mprotect=329 statx=332 pidfd_send_signal=424 pidfd_open=434 close_range=436 openat2=437 pidfd_getfd=438 faccessat2=439 "
    "epoll_pwait2=441 fchmodat2=452 "
)
_ARM = _read(
    "setxattr=5 lsetxattr=6 fsetxattr=7 getxattr=8 lgetxattr=9 fgetxattr=10 listxattr=11 llistxattr=12 flistxattr=13 "
    "removexattr=14 lremovexattr=15 fremovexattr=16 getcwd=17 dup3=24 flock=32 mknodat=33 mkdirat=34 unlinkat=35 symlinkat=36 "
    "linkat=37 renameat=38 umount2=39 mount=40 pivot_root=41 statfs=43 fstatfs=44 truncate=45 ftruncate=46 fallocate=47 "
    "faccessat=48 chdir=49 fchdir=50 chroot=51 fchmod=52 fchmodat=53 fchownat=54 fchown=55 openat=56 getdents64=61 preadv=69 "
    "pwritev=70 sendfile=71 splice=76 tee=77 readlinkat=78 newfstatat=79 fsync=82 fdatasync=83 sync_file_range=84 "
    "timerfd_create=85 timerfd_settime=86 timerfd_gettime=87 utimensat=88 capset=91 waitid=95 unshare=97 get_robust_list=100 "
    "getitimer=102 setitimer=103 ptrace=117 sched_setparam=118 sched_setscheduler=119 sched_setaffinity=122 "
    "sched_get_priority_max=125 sched_get_priority_min=126 kill=129 tkill=130 rt_sigsuspend=133 rt_sigpending=136 "
    "rt_sigtimedwait=137 rt_sigqueueinfo=138 setpriority=140 getpriority=141 setregid=143 setgid=144 setreuid=145 setuid=146 "
    "setresuid=147 getresuid=148 setresgid=149 getresgid=150 setfsuid=151 setfsgid=152 times=153 setpgid=154 getpgid=155 "
    "getsid=156 setsid=157 getgroups=158 setgroups=159 setrlimit=164 umask=166 getppid=173 socket=198 bind=200 listen=201 "
    "accept=202 connect=203 getsockname=204 getpeername=205 setsockopt=208 getsockopt=209 shutdown=210 sendmsg=211 recvmsg=212 "
    "readahead=213 execve=221 fadvise64=223 msync=227 mlock=228 munlock=229 mincore=232 get_mempolicy=236 rt_tgsigqueueinfo=240 "
    "accept4=242 recvmmsg=243 wait4=260 setns=268 sendmmsg=269 process_vm_readv=270 process_vm_writev=271 renameat2=276 "
    "memfd_create=279 execveat=281 copy_file_range=285 preadv2=286 pwritev2=287 pkey_mprotect=288 statx=291 pidfd_send_signal=424 "
    "pidfd_open=434 close_range=436 openat2=437 pidfd_getfd=438 faccessat2=439 epoll_pwait2=441 fchmodat2=452 "
)
NUMBERS = {"x86_64": WORKER["x86_64"] | _X86, "aarch64": WORKER["aarch64"] | _ARM}

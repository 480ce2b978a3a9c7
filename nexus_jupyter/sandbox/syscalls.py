"""The system calls that a worker may make, by number, for the two machines that are supported."""

from __future__ import annotations

__all__ = ["ALLOWED", "ARCHES", "CONDITIONAL", "NUMBERS", "REFUSED"]

ARCHES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Without a condition: nothing here takes a path, starts a process, opens a socket or reaches another process.
ALLOWED = (
    *("read", "write", "readv", "writev", "pread64", "pwrite64", "close", "fstat", "lseek", "munmap", "brk", "mremap", "madvise"),
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall", "poll", "ppoll", "select", "pselect6"),
    *("epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "eventfd2", "pipe2", "dup", "futex", "set_robust_list", "rseq"),
    *("set_tid_address", "exit", "exit_group", "gettid", "getpid", "getuid", "geteuid", "getgid", "getegid", "nanosleep"),
    *("clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "time", "sched_yield", "sched_getaffinity"),
    *("sched_getparam", "sched_getscheduler", "getrandom", "getrusage", "getrlimit", "sysinfo", "uname", "getcpu", "membarrier"),
)
# Looked at more closely in `confine.program`.
CONDITIONAL = ("mmap", "mprotect", "clone", "socketpair", "sendto", "recvfrom", "fcntl", "prctl", "prlimit64", "tgkill")
# Answered with a particular error, so that libraries take their other way.
REFUSED = {"clone3": 38, "ioctl": 25}

_X86 = {
    **{"read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12},
    **{"rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "ioctl": 16, "pread64": 17, "pwrite64": 18, "readv": 19},
    **{"writev": 20, "select": 23, "sched_yield": 24, "mremap": 25, "madvise": 28, "dup": 32, "nanosleep": 35, "getpid": 39},
    **{"sendto": 44, "recvfrom": 45, "socketpair": 53, "clone": 56, "exit": 60, "uname": 63, "fcntl": 72, "gettimeofday": 96},
    **{"getrlimit": 97, "getrusage": 98, "sysinfo": 99, "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108},
    **{"sigaltstack": 131, "sched_getparam": 143, "sched_getscheduler": 145, "prctl": 157, "gettid": 186, "time": 201},
    **{"futex": 202, "sched_getaffinity": 204, "set_tid_address": 218, "restart_syscall": 219, "clock_gettime": 228},
    **{"clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "epoll_wait": 232, "epoll_ctl": 233, "tgkill": 234},
    **{"pselect6": 270, "ppoll": 271, "set_robust_list": 273, "epoll_pwait": 281, "eventfd2": 290, "epoll_create1": 291},
    **{"pipe2": 293, "prlimit64": 302, "getcpu": 309, "getrandom": 318, "membarrier": 324, "rseq": 334, "clone3": 435},
}
_ARM = {
    **{"eventfd2": 19, "epoll_create1": 20, "epoll_ctl": 21, "epoll_pwait": 22, "dup": 23, "fcntl": 25, "ioctl": 29, "close": 57},
    **{"pipe2": 59, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66, "pread64": 67, "pwrite64": 68},
    **{"pselect6": 72, "ppoll": 73, "fstat": 80, "exit": 93, "exit_group": 94, "set_tid_address": 96, "futex": 98},
    **{"set_robust_list": 99, "nanosleep": 101, "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115},
    **{"sched_getscheduler": 120, "sched_getparam": 121, "sched_getaffinity": 123, "sched_yield": 124, "restart_syscall": 128},
    **{"tgkill": 131, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "uname": 160},
    **{"getrlimit": 163, "getrusage": 165, "prctl": 167, "getcpu": 168, "gettimeofday": 169, "getpid": 172, "getuid": 174},
    **{"geteuid": 175, "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179, "socketpair": 199, "sendto": 206},
    **{"recvfrom": 207, "brk": 214, "munmap": 215, "mremap": 216, "clone": 220, "mmap": 222, "mprotect": 226, "madvise": 233},
    **{"prlimit64": 261, "getrandom": 278, "membarrier": 283, "rseq": 293, "clone3": 435},
}
NUMBERS = {"x86_64": _X86, "aarch64": _ARM}

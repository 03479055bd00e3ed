#define _GNU_SOURCE
#include "CSystem.h"

#include <asm/ioctls.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// What a list allows is all there is: io_uring, namespaces, mounts, other processes' memory, sockets and
// whatever Linux adds are refused without being named.

#if defined(__x86_64__)
static const uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
static const uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
static const uint32_t architecture = 0;
#endif

/// The last call of Linux 5.17. Newer ones answer ENOSYS, as on an older kernel, which libraries know how to
/// take.
enum { newest_call = 450 };

/// Calls that computing needs and that reach nothing outside the process. ARM has none of the second part.
static const int computing[] = {
    SYS_futex, SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_brk, SYS_msync, SYS_mincore, SYS_mlock,
    SYS_munlock, SYS_mlockall, SYS_munlockall, SYS_mlock2, SYS_membarrier, SYS_mbind, SYS_set_mempolicy,
    SYS_get_mempolicy, SYS_pkey_alloc, SYS_pkey_free, SYS_pkey_mprotect,
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_preadv, SYS_pwritev, SYS_preadv2,
    SYS_pwritev2, SYS_lseek, SYS_close, SYS_dup, SYS_dup3, SYS_flock, SYS_fsync, SYS_fdatasync, SYS_fadvise64,
    SYS_readahead, SYS_ftruncate, SYS_fallocate,
    SYS_fstat, SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_faccessat, SYS_readlinkat, SYS_getdents64,
    SYS_getcwd, SYS_chdir, SYS_fchdir, SYS_umask,
    SYS_ppoll, SYS_pselect6, SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait, SYS_eventfd2, SYS_pipe2,
    SYS_timerfd_create, SYS_timerfd_settime, SYS_timerfd_gettime,
    SYS_set_robust_list, SYS_get_robust_list, SYS_set_tid_address, SYS_exit, SYS_exit_group, SYS_wait4, SYS_waitid,
    SYS_sched_yield, SYS_sched_getaffinity, SYS_sched_setaffinity, SYS_sched_getparam, SYS_sched_getscheduler,
    SYS_sched_get_priority_max, SYS_sched_get_priority_min, SYS_getpriority, SYS_getcpu,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigpending, SYS_rt_sigsuspend, SYS_rt_sigtimedwait,
    SYS_sigaltstack, SYS_restart_syscall, SYS_nanosleep, SYS_clock_nanosleep, SYS_clock_gettime, SYS_clock_getres,
    SYS_gettimeofday, SYS_times, SYS_setitimer, SYS_getitimer, SYS_timer_create, SYS_timer_settime, SYS_timer_gettime,
    SYS_timer_getoverrun, SYS_timer_delete,
    SYS_getrandom, SYS_uname, SYS_sysinfo, SYS_getrusage, SYS_getrlimit, SYS_gettid, SYS_getpid, SYS_getppid,
    SYS_getpgid, SYS_getsid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_getresuid, SYS_getresgid,
    SYS_getgroups, SYS_capget,
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_close_range
    SYS_close_range,
#endif
#ifdef SYS_epoll_pwait2
    SYS_epoll_pwait2,
#endif
#ifdef SYS_futex_waitv
    SYS_futex_waitv,
#endif
#ifdef __x86_64__
    SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_getdents, SYS_dup2, SYS_poll, SYS_select, SYS_epoll_create,
    SYS_epoll_wait, SYS_eventfd, SYS_pipe, SYS_getpgrp, SYS_pause, SYS_alarm, SYS_time, SYS_arch_prctl,
#endif
};

/// Calls that change what there is of files.
static const int changing_files[] = {
    SYS_mkdirat, SYS_unlinkat, SYS_renameat2, SYS_linkat, SYS_truncate, SYS_fchmod, SYS_memfd_create,
#ifdef SYS_renameat
    SYS_renameat,
#endif
#ifdef __x86_64__
    SYS_mkdir, SYS_rmdir, SYS_unlink, SYS_rename, SYS_link, SYS_creat,
#endif
};

/// Calls that start programs and end them, and with which these confine themselves.
static const int starting[] = {
    SYS_execve, SYS_kill, SYS_tgkill, SYS_prctl, SYS_prlimit64, SYS_setrlimit, SYS_setpgid, SYS_memfd_create,
    SYS_seccomp, 444, 445, 446,
#ifdef __x86_64__
    SYS_vfork,
#endif
};

/// Calls that CUDA cannot do without, besides a local socket: it listens on one that bears no path.
static const int driving[] = {SYS_bind, SYS_listen};

/// A program for the kernel, as it grows.
struct program {
  unsigned short count;
  struct sock_filter lines[1024];
};

static void append(struct program *program, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
  program->lines[program->count++] = (struct sock_filter){code, if_true, if_false, value};
}

static void load(struct program *program, size_t offset) {
  append(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void answer(struct program *program, uint32_t action) { append(program, BPF_RET | BPF_K, action, 0, 0); }

static uint32_t error(int code) { return SECCOMP_RET_ERRNO | (uint32_t)code; }

/// Answers the call `number` so.
static void decide(struct program *program, int number, uint32_t action) {
  append(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 1);
  answer(program, action);
}

static void allow_all(struct program *program, const int *numbers, size_t size) {
  for (size_t i = 0; i < size / sizeof *numbers; i++) decide(program, numbers[i], SECCOMP_RET_ALLOW);
}

/// Both architectures are little-endian, so the lower half of an argument comes first. The flags, numbers and
/// processes that are looked at have 32 bits.
static size_t argument(int index) {
  return offsetof(struct seccomp_data, args) + (size_t)index * sizeof(uint64_t);
}

enum test { equals = BPF_JEQ, has_some = BPF_JSET };

/// Answers the call `number` by `if_true` where its argument passes the test, else by `if_false`.
static void decide_by(
    struct program *program, int number, int index, enum test test, uint32_t value, uint32_t if_true,
    uint32_t if_false) {
  append(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 4);
  load(program, argument(index));
  append(program, (uint16_t)(BPF_JMP | test | BPF_K), value, 0, 1);
  answer(program, if_true);
  answer(program, if_false);
}

/// Refuses the call `number` where its argument is one of a few, and else allows it.
static void refuse_some(struct program *program, int number, int index, const uint32_t *values, uint8_t count) {
  append(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, (uint8_t)(1 + 2 * count + 1));
  load(program, argument(index));
  for (uint8_t i = 0; i < count; i++) {
    append(program, BPF_JMP | BPF_JEQ | BPF_K, values[i], 0, 1);
    answer(program, error(EPERM));
  }
  answer(program, SECCOMP_RET_ALLOW);
}

static void decide_by_arguments(struct program *program, bool may_write, bool may_start) {
  const uint32_t allowed = SECCOMP_RET_ALLOW, refused = error(EPERM), self = (uint32_t)getpid();
  const uint32_t writing = may_write ? 0 : O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
  decide_by(program, SYS_openat, 2, has_some, writing, error(EACCES), allowed);
#ifdef __x86_64__
  decide_by(program, SYS_open, 1, has_some, writing, error(EACCES), allowed);
#endif
  // Threads are made by clone; clone3 hides its flags in memory, and whoever finds it missing turns to clone.
  const uint32_t namespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
                              CLONE_NEWPID | CLONE_NEWNET;
  if (may_start)
    decide_by(program, SYS_clone, 0, has_some, namespaces, refused, allowed);
  else
    decide_by(program, SYS_clone, 0, has_some, CLONE_THREAD, allowed, refused);
  // A program that was started sends signals to itself under a number of its own.
  if (!may_start) {
    decide_by(program, SYS_kill, 0, equals, self, allowed, refused);
    decide_by(program, SYS_tgkill, 0, equals, self, allowed, refused);
    decide_by(program, SYS_prlimit64, 0, equals, 0, allowed, refused);
    const uint32_t option = PR_SET_PDEATHSIG;
    refuse_some(program, SYS_prctl, 0, &option, 1);
  }
  // Terminals take typed characters by these, and others signals by those.
  const uint32_t typing[] = {TIOCSTI, TIOCLINUX}, owners[] = {F_SETOWN, F_SETSIG, F_SETOWN_EX};
  refuse_some(program, SYS_ioctl, 1, typing, 2);
  refuse_some(program, SYS_fcntl, 1, owners, 3);
}

bool system_has_call_filter(void) {
  uint32_t action = SECCOMP_RET_ERRNO;
  return architecture != 0 && syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

int system_filter_calls(bool may_write, bool may_start, bool may_drive) {
  struct program program = {0};
  load(&program, offsetof(struct seccomp_data, arch));
  append(&program, BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0);
  answer(&program, error(EPERM));
  load(&program, offsetof(struct seccomp_data, nr));
  allow_all(&program, computing, sizeof computing);
  if (may_write) allow_all(&program, changing_files, sizeof changing_files);
  if (may_start) allow_all(&program, starting, sizeof starting);
  if (may_drive) {
    allow_all(&program, driving, sizeof driving);
    decide_by(&program, SYS_socket, 0, equals, AF_UNIX, SECCOMP_RET_ALLOW, error(EPERM));
  }
  decide_by_arguments(&program, may_write, may_start);
#ifdef SYS_clone3
  decide(&program, SYS_clone3, error(ENOSYS));
#endif
#ifdef SYS_openat2
  decide(&program, SYS_openat2, error(ENOSYS));
#endif
  append(&program, BPF_JMP | BPF_JGT | BPF_K, newest_call, 0, 1);
  answer(&program, error(ENOSYS));
  answer(&program, error(EPERM));

  struct sock_fprog filter = {program.count, program.lines};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -1;
  // Without the second flag, some kernels slow the process down against attacks on its own memory.
  unsigned flags = SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_SPEC_ALLOW;
  long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter);
  if (result > 0) errno = EBUSY;
  return result == 0 ? 0 : -1;
}

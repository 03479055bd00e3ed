#define _GNU_SOURCE
#include "CSystem.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

int system_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int system_bounded_memory_file(const char *name, long size) {
  struct rlimit most;
  if (!getrlimit(RLIMIT_FSIZE, &most) && most.rlim_cur < (rlim_t)size) size = (long)most.rlim_cur;
  int file = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  // Of a file that has its full size from the start, no memory is taken before it is written.
  if (file >= 0 && (ftruncate(file, size) || fcntl(file, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK))) {
    close(file);
    return -1;
  }
  return file;
}

int system_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }

/// The lowest address of the calling thread's stack; NULL where the system does not say.
static char *lowest_of_stack(void) {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes)) return NULL;
  void *lowest = NULL;
  size_t size = 0;
  const int code = pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  return code ? NULL : lowest;
}

long system_stack_left(void) {
  // Of the first thread, the system reads it off a file.
  static _Thread_local char *lowest;
  if (!lowest) lowest = lowest_of_stack();
  return lowest ? (char *)__builtin_frame_address(0) - lowest : LONG_MAX;
}

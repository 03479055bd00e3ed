#define _GNU_SOURCE
#include "CSystem.h"

#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>

int system_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int system_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }

long system_stack_left(void) {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes)) return LONG_MAX;
  void *lowest = NULL;
  size_t size = 0;
  const int code = pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  return code ? LONG_MAX : (long)((char *)__builtin_frame_address(0) - (char *)lowest);
}

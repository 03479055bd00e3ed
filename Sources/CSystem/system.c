#define _GNU_SOURCE
#include "CSystem.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

int system_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int system_bounded_memory_file(const char *name, long size) {
  int file = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  // Of a file that has its full size from the start, no memory is taken before it is written.
  if (file >= 0 && (ftruncate(file, size) || fcntl(file, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK))) {
    close(file);
    return -1;
  }
  return file;
}

int system_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }

#define _GNU_SOURCE
#include "CSystem.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>

int system_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int system_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }

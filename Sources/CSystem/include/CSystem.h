// Calls of Linux that Swift's Glibc module leaves out or cannot call.
#ifndef TOUCHSTONE_CSYSTEM_H
#define TOUCHSTONE_CSYSTEM_H

/// A file that lies in memory and has no name; -1 with `errno` where there can be none.
int system_memory_file(const char *name);

/// Asks that this process be killed as soon as its parent ends.
int system_die_with_parent(void);

/// How many bytes are left of the calling thread's stack; LONG_MAX where the system does not say.
long system_stack_left(void);

#endif

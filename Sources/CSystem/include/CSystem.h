// Calls of Linux that Swift's Glibc module leaves out or cannot call.
#ifndef TOUCHSTONE_CSYSTEM_H
#define TOUCHSTONE_CSYSTEM_H

#include <stdbool.h>

/// A file that lies in memory and has no name; -1 with `errno` where there can be none.
int system_memory_file(const char *name);

/// The same with a size that cannot be exceeded, or as much of it as files may have.
int system_bounded_memory_file(const char *name, long size);

/// Asks that this process be killed as soon as its parent ends.
int system_die_with_parent(void);

/// The version of Landlock, with which a process gives up files, that the kernel has; 0 for none.
int system_landlock_version(void);

/// Leaves this process, and all that it starts, no files but these, each with all below it; no TCP, and no
/// signals to others, where the kernel can refuse them.
///
/// - Parameters:
///   - readable: paths that may be read, ended by NULL. Those that are not there are left out.
///   - writable: paths at which files may also be made, changed and removed.
///   - may_execute: whether what may be read may also be started.
/// - Returns: 0, or -1 with `errno`; EBUSY where there is a second thread, which would stay free.
int system_confine_files(const char *const *readable, const char *const *writable, bool may_execute);

/// Whether the kernel can filter the calls of a process.
bool system_has_call_filter(void);

/// Leaves all threads of this process, and all that they start, the calls that computing needs: memory,
/// threads, reading, and writing to what is open already. Others are answered by an error.
///
/// - Parameters:
///   - may_write: files may also be opened for writing, made, renamed and removed.
///   - may_start: programs may also be started, signalled and confined.
///   - may_drive: drivers of graphics cards may also make sockets that other processes of this machine could
///     reach; none may be connected.
/// - Returns: 0, or -1 with `errno`.
int system_filter_calls(bool may_write, bool may_start, bool may_drive);

/// How many bytes are left of the calling thread's stack; LONG_MAX where the system does not say.
long system_stack_left(void);

#endif

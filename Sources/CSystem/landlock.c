#define _GNU_SOURCE
#include "CSystem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The headers of a distribution may be older than the kernel, so what is asked for is declared here.
// Source: Linux, include/uapi/linux/landlock.h and Documentation/userspace-api/landlock.rst, up to version 6.

enum { create_ruleset = 444, add_rule = 445, restrict_self = 446 };
enum { ask_version = 1, rule_path_beneath = 1 };

static const uint64_t execute = 1 << 0, write_file = 1 << 1, read_file = 1 << 2, read_dir = 1 << 3,
                      remove_dir = 1 << 4, remove_file = 1 << 5, make_dir = 1 << 7, make_regular = 1 << 8,
                      refer = 1 << 13, truncate_file = 1 << 14, ioctl_device = 1 << 15;

struct ruleset {
  uint64_t files, network, scopes;
};

struct path_beneath {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed));

int system_landlock_version(void) {
  long version = syscall(create_ruleset, NULL, 0, ask_version);
  return version < 0 ? 0 : (int)version;
}

/// Everything that a version can refuse, which is then refused but for what rules allow.
static struct ruleset everything(int version) {
  struct ruleset rules = {.files = (1 << 13) - 1};
  if (version >= 2) rules.files |= refer;
  if (version >= 3) rules.files |= truncate_file;
  if (version >= 4) rules.network = 3;  // To bind and to connect TCP sockets.
  if (version >= 5) rules.files |= ioctl_device;
  if (version >= 6) rules.scopes = 3;  // Abstract sockets and signals of processes outside.
  return rules;
}

/// Allows `rights` at a path and below; of a file those alone that a file can have. What is not there is left
/// out.
static int allow(int ruleset, const char *path, uint64_t rights) {
  int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0) return 0;
  struct stat status;
  if (fstat(place, &status) == 0 && !S_ISDIR(status.st_mode))
    rights &= execute | write_file | read_file | truncate_file | ioctl_device;
  struct path_beneath rule = {.allowed = rights, .parent = place};
  long result = syscall(add_rule, ruleset, rule_path_beneath, &rule, 0);
  close(place);
  return (int)result;
}

/// Only the thread that asks is confined, so there may be no other yet. Without `/proc`, none is known of.
static int is_alone(void) {
  DIR *threads = opendir("/proc/self/task");
  if (!threads) return 1;
  int count = 0;
  for (struct dirent *entry; (entry = readdir(threads));) count += entry->d_name[0] != '.';
  closedir(threads);
  return count == 1;
}

int system_confine_files(const char *const *readable, const char *const *writable, bool may_execute) {
  if (!is_alone()) {
    errno = EBUSY;
    return -1;
  }
  struct ruleset rules = everything(system_landlock_version());
  int ruleset = (int)syscall(create_ruleset, &rules, sizeof rules, 0);
  if (ruleset < 0) return -1;
  uint64_t reading = read_file | read_dir | (may_execute ? execute : 0);
  uint64_t writing = read_file | read_dir | write_file | truncate_file | remove_dir | remove_file | make_dir |
                     make_regular | refer | ioctl_device;
  int failed = 0;
  for (; *readable; readable++) failed |= allow(ruleset, *readable, reading & rules.files);
  for (; *writable; writable++) failed |= allow(ruleset, *writable, writing & rules.files);
  failed = failed || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(restrict_self, ruleset, 0);
  int code = errno;
  close(ruleset);
  errno = code;
  return failed ? -1 : 0;
}

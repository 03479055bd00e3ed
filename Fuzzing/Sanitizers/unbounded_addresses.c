// To be preloaded where a sanitizer watches: workers bound their addresses, of which it takes terabytes for itself.
// All other bounds hold.
#define _GNU_SOURCE
#include <sys/resource.h>

int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) {
  return resource == RLIMIT_AS ? 0 : prlimit(0, resource, limit, 0);
}

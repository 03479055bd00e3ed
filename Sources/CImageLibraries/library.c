#include "library.h"

#include <dlfcn.h>
#include <stdio.h>

void *image_library_open(const char *name) { return dlopen(name, RTLD_NOW | RTLD_LOCAL); }

void *image_library_find(void *library, const char *name) { return dlsym(library, name); }

int image_fail(struct image_sink *sink, const char *message) {
  if (!sink->message[0]) snprintf(sink->message, sizeof sink->message, "%s", message);
  return 0;
}

int image_lacks(struct image_sink *sink, const char *function) {
  sink->lacks_function = 1;
  return image_fail(sink, function);
}

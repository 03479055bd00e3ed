// What the decoders share.
#pragma once

#include "CImageLibraries.h"

/// Declares a local variable with the library's function of this name, or returns where there is none.
#define FUNCTION(result, name, ...)                                                       \
  result (*name)(__VA_ARGS__) = (result(*)(__VA_ARGS__))image_library_find(library, #name); \
  if (!name) return image_lacks(sink, #name)

void *image_library_find(void *library, const char *name);

/// Notes the first message of a decoder; always 0.
int image_fail(struct image_sink *sink, const char *message);

/// Notes that the library has no such function; always 0.
int image_lacks(struct image_sink *sink, const char *function);

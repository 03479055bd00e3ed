// Decoders of images in the libraries that a system has. What is called of them is declared by ourselves and
// looked up at run time, so that nothing is linked. Where a library leaves its functions by longjmp, the jump
// ends here and never passes a frame of the caller.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Where a decoder puts an image, and what it says where it cannot.
struct image_sink {
  void *context;
  /// The place for `width` x `height` pixels of `channels` bytes, rows from top to bottom, or null where that
  /// is refused.
  uint8_t *(*allocate)(void *context, uint32_t width, uint32_t height, uint32_t channels);
  /// The most bytes that a decoder may ask for at once, where it can be told.
  size_t most_bytes;
  char message[256];
  /// Whether `message` is the name of a function that the library does not have.
  int lacks_function;
};

/// The handle of the library with this name, or null.
void *image_library_open(const char *name);

// Each returns 1 where it has decoded the first image of a file, else 0 with a message. There are 1 (gray),
// 3 (RGB) or, in JPEG files only, 4 channels (CMYK). `count` is never 0.

int image_decode_jpeg(void *turbojpeg, const uint8_t *bytes, size_t count, struct image_sink *sink);
int image_decode_png(void *libpng, const uint8_t *bytes, size_t count, struct image_sink *sink);
int image_decode_tiff(void *libtiff, const uint8_t *bytes, size_t count, struct image_sink *sink);
int image_decode_webp(void *libwebp, const uint8_t *bytes, size_t count, struct image_sink *sink);
int image_decode_jpeg2000(void *openjp2, const uint8_t *bytes, size_t count, struct image_sink *sink);

// PNG by libpng, whose errors end in a longjmp to `decode`.
#include "library.h"

#include <setjmp.h>
#include <string.h>

enum { LARGEST_SIDE = 65535 };

struct png_reading {
  jmp_buf failed;
  struct image_sink *sink;
  const uint8_t *next;
  size_t left;
  void *png, *info;
};

// libpng hands its callbacks no more than its own structure.
static _Thread_local struct png_reading *current;

static void fail(void *png, const char *message) {
  (void)png;
  image_fail(current->sink, message);
  longjmp(current->failed, 1);
}

static void ignore(void *png, const char *message) {
  (void)png;
  (void)message;
}

static void read_bytes(void *png, uint8_t *into, size_t count) {
  if (count > current->left) fail(png, "the file ends too early");
  memcpy(into, current->next, count);
  current->next += count;
  current->left -= count;
}

/// Decodes to 8 bits a sample without alpha; what has been made is freed by the caller.
static int decode(void *library, struct png_reading *it) {
  struct image_sink *sink = it->sink;
  FUNCTION(const char *, png_get_libpng_ver, const void *);
  FUNCTION(void *, png_create_read_struct, const char *, void *, void (*)(void *, const char *),
           void (*)(void *, const char *));
  FUNCTION(void *, png_create_info_struct, void *);
  FUNCTION(void, png_set_read_fn, void *, void *, void (*)(void *, uint8_t *, size_t));
  FUNCTION(void, png_set_user_limits, void *, uint32_t, uint32_t);
  FUNCTION(void, png_read_info, void *, void *);
  FUNCTION(void, png_set_expand, void *);
  FUNCTION(void, png_set_scale_16, void *);
  FUNCTION(void, png_set_strip_alpha, void *);
  FUNCTION(int, png_set_interlace_handling, void *);
  FUNCTION(void, png_read_update_info, void *, void *);
  FUNCTION(uint32_t, png_get_image_width, const void *, const void *);
  FUNCTION(uint32_t, png_get_image_height, const void *, const void *);
  FUNCTION(uint8_t, png_get_channels, const void *, const void *);
  FUNCTION(size_t, png_get_rowbytes, const void *, const void *);
  FUNCTION(void, png_read_row, void *, uint8_t *, uint8_t *);
  FUNCTION(void, png_read_end, void *, void *);

  if (setjmp(it->failed)) return 0;
  it->png = png_create_read_struct(png_get_libpng_ver(NULL), NULL, fail, ignore);
  if (it->png) it->info = png_create_info_struct(it->png);
  if (!it->info) return image_fail(sink, "libpng does not start");
  png_set_read_fn(it->png, NULL, read_bytes);
  png_set_user_limits(it->png, LARGEST_SIDE, LARGEST_SIDE);
  png_read_info(it->png, it->info);
  png_set_expand(it->png);
  png_set_scale_16(it->png);
  png_set_strip_alpha(it->png);
  int passes = png_set_interlace_handling(it->png);
  png_read_update_info(it->png, it->info);

  uint32_t width = png_get_image_width(it->png, it->info), height = png_get_image_height(it->png, it->info);
  size_t row = png_get_rowbytes(it->png, it->info), channels = png_get_channels(it->png, it->info);
  if (row != width * channels) return image_fail(sink, "its samples do not become 8 bits");
  uint8_t *place = sink->allocate(sink->context, width, height, (uint32_t)channels);
  if (!place) return 0;
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < height; y++) png_read_row(it->png, place + y * row, NULL);
  png_read_end(it->png, NULL);
  return 1;
}

int image_decode_png(void *library, const uint8_t *bytes, size_t count, struct image_sink *sink) {
  FUNCTION(void, png_destroy_read_struct, void **, void **, void **);
  struct png_reading reading = {.sink = sink, .next = bytes, .left = count};
  current = &reading;
  int is_done = decode(library, &reading);
  if (reading.png) png_destroy_read_struct(&reading.png, &reading.info, NULL);
  current = NULL;
  return is_done;
}
